-- Put before every script of this folder: the store's time, what becomes of a run by itself, and the line.
-- KEYS: the run's record, the queues of the reports and of the experiments, the signs of life of the workers of each. ARGV: the run's id; then what the script itself names.
-- Times are in us, since the run was accepted.
local LEASE = 10000000
local LONGEST_PUBLISH = 2000000 -- what takes longer was answered with an error, and must not run
local ID = ARGV[1]
-- The ids of the experiments' runs that wait or go on, first come first. One goes on at a time.
local LINE = 'offload:line'
-- What became of runs so far, and how long they waited and ran, by their experiment or 'report': for whoever runs the site.
local TALLY = 'offload:tally'
local EDGES = {0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 120, 600} -- s
local time = redis.call('TIME')
local now = time[1] * 1000000 + time[2]

local function count(experiment, state, reason)
  local kind = experiment ~= '' and experiment or 'report'
  redis.call('HINCRBY', TALLY, 'outcome ' .. kind .. ' ' .. state .. (reason and ', ' .. reason or ''), 1)
end

local function time_of(what, experiment, us)
  local kind, edge = experiment ~= '' and experiment or 'report', 'longer'
  for place = #EDGES, 1, -1 do
    if us <= EDGES[place] * 1000000 then
      edge = EDGES[place]
    end
  end
  redis.call('HINCRBY', TALLY, what .. ' ' .. kind .. ' ' .. edge, 1)
  redis.call('HINCRBY', TALLY, what .. ' ' .. kind .. ' us', math.max(0, us))
end

local function lose(run, at, reason)
  redis.call('HSET', run.key, 'state', 'lost', 'finished', at, 'reason', reason)
  count(run.experiment, 'lost', reason)
  run.state = 'lost'
end

-- A run as its record has it, or nil. Nobody else is there to say so of a worker that died.
local function read(id)
  local key = 'offload:run:' .. id
  local found = redis.call('HMGET', key, 'state', 'accepted', 'published', 'started', 'lease', 'good_for', 'owner', 'experiment')
  if not found[1] then
    return nil
  end
  local run = {id = id, key = key, state = found[1], at = now - found[2], started = found[4], lease = found[5],
    owner = found[7], experiment = found[8] or '', is_experiment = found[8] ~= '', published = found[3]}
  if run.state ~= 'queued' and run.state ~= 'started' then
    return run
  end
  if run.lease then
    if run.at > tonumber(run.lease) then
      lose(run, run.lease, 'lease lapsed')
    end
  elseif not found[3] and run.at > LONGEST_PUBLISH then
    lose(run, run.at, 'never published')
  elseif run.at > tonumber(found[6]) then
    lose(run, run.at, 'expired')
  end
  return run
end

-- The runs of the line. Whoever has ended or is gone is dropped, so that a worker that died does not block it. One that
-- was cancelled in the middle stays until its worker has ended its processes and leaves, or gives no sign any more.
local function line()
  local stay = {}
  for _, id in ipairs(redis.call('LRANGE', LINE, 0, -1)) do
    local run = read(id)
    local waits = run and (run.state == 'queued' or run.state == 'started')
    local ends = run and run.state == 'cancelled' and run.started and run.lease and run.at <= tonumber(run.lease)
    if waits or ends then
      stay[#stay + 1] = run
    else
      redis.call('LREM', LINE, 0, id)
    end
  end
  return stay
end
