-- The line of the experiments: the ids of runs that wait or go on, first come first. One goes on at a time. One that was
-- cancelled in the middle stays until its worker has ended its processes and leaves (left.lua), or gives no sign any more.
-- Put before each script that looks at the line (line_*.lua), with the same first two arguments.
-- ARGV: longest publish in us, longest time until a worker takes a run in us.
local LINE = 'offload:experiments'
local time = redis.call('TIME')
local now = time[1] * 1000000 + time[2]

local function key_of(id)
  return 'offload:experiment:' .. id
end

local function lose(key, at, reason)
  redis.call('HSET', key, 'state', 'lost', 'finished', at, 'reason', reason)
end

-- Drop whoever has ended, is gone, or gives no sign any more: so a worker that died does not block the line.
local function members()
  local left = {}
  for _, id in ipairs(redis.call('LRANGE', LINE, 0, -1)) do
    local key = key_of(id)
    local run = redis.call('HMGET', key, 'state', 'accepted', 'published', 'lease', 'owner', 'started')
    local at = run[2] and now - run[2] or 0
    local waits = run[1] == 'queued' or run[1] == 'started'
    local ends = run[1] == 'cancelled' and run[6] and run[4] and at <= tonumber(run[4])
    if waits and run[4] and at > tonumber(run[4]) then
      lose(key, run[4], 'lease lapsed')
      waits = false
    elseif waits and not run[4] and not run[3] and at > tonumber(ARGV[1]) then
      lose(key, at, 'never published')
      waits = false
    elseif waits and not run[4] and at > tonumber(ARGV[2]) then
      lose(key, at, 'expired')
      waits = false
    end
    if waits or ends then
      left[#left + 1] = {id = id, key = key, state = run[1], at = at, present = run[4], owner = run[5], started = run[6]}
    else
      redis.call('LREM', LINE, 0, id)
    end
  end
  return left
end
