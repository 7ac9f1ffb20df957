-- Write how a run ended, once: what has ended stays as it is. Answers 0 when it had.
-- ARGV: state, field (result or reason), its text.
local run = redis.call('HMGET', KEYS[1], 'state', 'accepted')
if run[1] ~= 'started' and run[1] ~= 'queued' then
  return 0
end
redis.call('HSET', KEYS[1], 'state', ARGV[2], 'finished', now - run[2], ARGV[3], ARGV[4])
return 1
