-- Write how a run ended, once: what has ended stays as it is.
-- KEYS: the run. ARGV: state, field (result or reason), its text.
local run = redis.call('HMGET', KEYS[1], 'state', 'accepted')
if run[1] ~= 'started' and run[1] ~= 'queued' then
  return 0
end
local time = redis.call('TIME')
local at = time[1] * 1000000 + time[2] - run[2]
redis.call('HSET', KEYS[1], 'state', ARGV[1], 'finished', at, ARGV[2], ARGV[3])
if ARGV[1] == 'succeeded' then
  redis.call('HSET', KEYS[1], 'progress', '1')
end
return 1
