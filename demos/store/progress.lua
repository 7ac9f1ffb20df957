-- Note how far a run has come, and that its worker lives. Answers 0 when the run is no longer this worker's to go on with.
-- KEYS: the run. ARGV: fraction, lease in us.
local run = redis.call('HMGET', KEYS[1], 'state', 'accepted', 'steps')
if run[1] ~= 'started' then
  return 0
end
local time = redis.call('TIME')
local at = time[1] * 1000000 + time[2] - run[2]
local steps = (run[3] and run[3] .. ' ' or '') .. string.format('%.0f', at) .. ':' .. ARGV[1]
redis.call('HSET', KEYS[1], 'steps', steps, 'progress', ARGV[1], 'lease', at + ARGV[2])
return 1
