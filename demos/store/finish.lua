-- Write how a run ended, once: what has ended stays as it is. Answers 0 when it had.
-- ARGV: state, field (result or reason), its text.
local run = redis.call('HMGET', KEYS[1], 'state', 'accepted', 'experiment', 'started')
if run[1] ~= 'started' and run[1] ~= 'queued' then
  return 0
end
redis.call('HSET', KEYS[1], 'state', ARGV[2], 'finished', now - run[2], ARGV[3], ARGV[4])
count(run[3] or '', ARGV[2], ARGV[3] == 'reason' and ARGV[4])
if run[4] then
  time_of('run', run[3] or '', now - run[2] - run[4])
end
return 1
