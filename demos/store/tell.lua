-- Note what a worker tells of its run, and that it lives. Answers 0 when nobody waits for the run any more.
-- ARGV: a step to add to what was told before (a fraction; it is kept with its time in ms), or else all there is to tell; one or both are empty.
local run = redis.call('HMGET', KEYS[1], 'state', 'accepted', 'told')
if run[1] ~= 'started' then
  return 0
end
local at = now - run[2]
redis.call('HSET', KEYS[1], 'lease', at + LEASE)
if ARGV[2] ~= '' then
  local steps = run[3] and run[3] .. ' ' or ''
  redis.call('HSET', KEYS[1], 'told', steps .. string.format('%.1f', at / 1000) .. ':' .. ARGV[2])
elseif ARGV[3] ~= '' then
  redis.call('HSET', KEYS[1], 'told', ARGV[3])
end
return 1
