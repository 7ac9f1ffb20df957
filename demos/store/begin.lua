-- Let a worker begin a run, if its record is there, waits, and was not given up: a publish that timed out may still arrive.
-- KEYS: the run. ARGV: lease in us, longest publish in us. Answers with the seconds to wait.
local run = redis.call('HMGET', KEYS[1], 'state', 'accepted', 'published', 'seconds')
if run[1] ~= 'queued' then
  return false
end
local time = redis.call('TIME')
local at = time[1] * 1000000 + time[2] - run[2]
if not run[3] and at > tonumber(ARGV[2]) then
  redis.call('HSET', KEYS[1], 'state', 'lost', 'finished', at, 'reason', 'never published')
  return false
end
redis.call('HSET', KEYS[1], 'state', 'started', 'started', at, 'lease', at + ARGV[1])
return run[4]
