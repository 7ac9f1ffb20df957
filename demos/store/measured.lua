-- Keep what an experiment has measured so far, and renew its lease. Answers 0 when nobody waits for it any more.
-- KEYS: the run. ARGV: lease in us, what was measured (empty: nothing new).
local run = redis.call('HMGET', KEYS[1], 'state', 'accepted')
if run[1] ~= 'started' then
  return 0
end
local time = redis.call('TIME')
redis.call('HSET', KEYS[1], 'lease', time[1] * 1000000 + time[2] - run[2] + ARGV[1])
if ARGV[2] ~= '' then
  redis.call('HSET', KEYS[1], 'measured', ARGV[2])
end
return 1
