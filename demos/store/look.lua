-- Everything that is known of a run, and whether it is lost: nobody else is there to say so of a worker that died.
-- KEYS: the run, the queue, the sign of life of its workers.
-- ARGV: longest publish, longest wait, longest time in which a taken message must begin, all in us.
-- Answers in JSON, which is parsed faster than Redis' own lists: the fields as a flat list, the age of the run in us, and
-- whether a worker consumes.
local run = redis.call('HMGET', KEYS[1], 'state', 'accepted', 'published', 'lease', 'missing')
local state = run[1]
if not state then
  return false
end
local time = redis.call('TIME')
local at = time[1] * 1000000 + time[2] - run[2]
local alive = redis.call('EXISTS', KEYS[3])

local function lose(when, reason)
  redis.call('HSET', KEYS[1], 'state', 'lost', 'finished', when, 'reason', reason)
end

if state == 'started' and at > tonumber(run[4]) then
  lose(run[4], 'lease lapsed')
elseif state == 'queued' and not run[3] and at > tonumber(ARGV[1]) then
  lose(at, 'never published')
elseif state == 'queued' and at > tonumber(ARGV[2]) then
  lose(at, 'expired')
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
    lose(at, 'taken')
  end
end
return cjson.encode({redis.call('HGETALL', KEYS[1]), at, alive})
