-- Write the record of a run before its message is published, unless enough runs wait already.
-- KEYS: the run, the queue. ARGV: seconds, owner, most waiting runs, time to live in s.
if redis.call('LLEN', KEYS[2]) >= tonumber(ARGV[3]) then
  return 0
end
local time = redis.call('TIME')
redis.call('HSET', KEYS[1], 'state', 'queued', 'seconds', ARGV[1], 'owner', ARGV[2],
  'accepted', time[1] .. string.format('%06d', time[2]))
redis.call('EXPIRE', KEYS[1], ARGV[4])
return 1
