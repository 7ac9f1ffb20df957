-- Note that the message of a run is on the queue. A worker may have been faster than this note.
-- ARGV: how long publishing took, in ms.
local run = redis.call('HMGET', KEYS[1], 'accepted', 'started')
if not run[1] then
  return 0
end
local at = now - run[1]
if run[2] and tonumber(run[2]) < at then
  at = tonumber(run[2])
end
redis.call('HSET', KEYS[1], 'published', at, 'publish', ARGV[2])
return 1
