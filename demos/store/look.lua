-- A run as it is now: looking at one also finds out whether it is lost.
-- Answers in one text, which is put together and taken apart faster than a list or JSON, with a NUL between its parts: the
-- age of the run in us, whether a worker consumes, of an experiment how many are before it in the line and for how many us
-- the one that goes on has done so (-1 when none does), and then the record's fields, name and value by turns.

-- A busy worker may have taken one message more than it has threads; one of them is free after the longest run, 10 s.
local LONGEST_TAKEN = 12000000

local run = read(ID)
if not run then
  return false
end
local queue, sign = KEYS[2], KEYS[4]
if run.is_experiment then
  queue, sign = KEYS[3], KEYS[5]
end
local alive = redis.call('EXISTS', sign)
if run.state == 'queued' and not run.lease and run.at > 1000000 then
  -- Its message is neither on the queue nor begun. A busy worker may hold it until one of its threads is free; a worker
  -- that died holds it for ever.
  local missing = redis.call('HGET', run.key, 'missing')
  if alive == 0 or redis.call('LLEN', queue) > 0 then
    if missing then
      redis.call('HDEL', run.key, 'missing')
    end
  elseif not missing then
    redis.call('HSET', run.key, 'missing', run.at)
  elseif run.at - missing > LONGEST_TAKEN then
    lose(run, run.at, 'taken')
  end
end
local before, running = 0, -1
if run.is_experiment then
  local passed = false
  for _, other in ipairs(line()) do
    passed = passed or other.id == ID
    if not passed then
      before = before + 1
    end
    if other.state ~= 'queued' then
      running = other.at - other.started
    end
  end
end
local said = {run.at, alive, before, running, unpack(redis.call('HGETALL', run.key))}
return table.concat(said, '\0')
