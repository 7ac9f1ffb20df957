-- Everything that is known of a run, and whether it is lost: nobody else is there to say so of a worker that died.
-- KEYS: the run, the queue, the sign of life of its workers.
-- ARGV: longest publish in us, longest wait in us, longest time in which a taken message must begin in us,
--       and the notes for each of these and for a lease that lapsed.
-- Answers with the fields, the age of the run in us, and whether a worker consumes.
local run = redis.call('HMGET', KEYS[1], 'state', 'accepted', 'published', 'lease', 'missing')
local state = run[1]
if not state then
  return false
end
local time = redis.call('TIME')
local at = time[1] * 1000000 + time[2] - run[2]
local alive = redis.call('EXISTS', KEYS[3])

local function lose(when, note)
  redis.call('HSET', KEYS[1], 'state', 'lost', 'finished', when, 'note', note)
end

if state == 'started' and at > tonumber(run[4]) then
  lose(run[4], ARGV[7])
elseif state == 'queued' and not run[3] and at > tonumber(ARGV[1]) then
  lose(at, ARGV[4])
elseif state == 'queued' and at > tonumber(ARGV[2]) then
  lose(at, ARGV[5])
elseif state == 'queued' and at > 1000000 then
  -- Its message is neither on the queue nor begun. A busy worker may hold it until one of its threads is free; a worker
  -- that died holds it for ever.
  if alive == 0 or redis.call('LLEN', KEYS[2]) > 0 then
    if run[5] then
      redis.call('HDEL', KEYS[1], 'missing')
    end
  elseif not run[5] then
    redis.call('HSET', KEYS[1], 'missing', at)
  elseif at - run[5] > tonumber(ARGV[3]) then
    lose(at, ARGV[6])
  end
end
return {redis.call('HGETALL', KEYS[1]), string.format('%.0f', at), alive}
