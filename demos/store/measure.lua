-- How the queue, the workers of both queues and the line are now, and what became of runs so far (see `count` and `time_of` in common.lua).
local oldest = redis.call('LINDEX', KEYS[2], -1)
return {redis.call('LLEN', KEYS[2]), oldest or '', redis.call('EXISTS', KEYS[3]), redis.call('EXISTS', KEYS[4]), redis.call('LLEN', LINE), redis.call('HGETALL', TALLY)}
