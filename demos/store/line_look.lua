-- A run as it is, and its place in the line.
-- KEYS: the run, the sign of life of the workers. ARGV: see line.lua; then the id.
-- Answers in JSON: the fields as a flat list, the age of the run in us, whether a worker consumes, how many are before
-- it, and how long ago the one that goes on began, in us (-1 when none does).
local before, running = 0, -1
local passed = false
for _, run in ipairs(members()) do
  passed = passed or run.id == ARGV[3]
  if not passed then
    before = before + 1
  end
  if run.state ~= 'queued' then
    running = run.at - run.started
  end
end
local accepted = redis.call('HGET', KEYS[1], 'accepted')
if not accepted then
  return false
end
return cjson.encode({redis.call('HGETALL', KEYS[1]), now - accepted, redis.call('EXISTS', KEYS[2]), before, running})
