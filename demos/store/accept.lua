-- Write the record of a new run before its message is published. An experiment's goes to the end of the line, unless its
-- owner is in it already.
-- ARGV: experiment (empty: the report), what was asked for, owner, page, how long it may wait in us, time to live in s, most
-- in the line or on the queue, 1 when its owner was a visitor until now.
-- Answers with the id of the owner's run and 1 when it is new; with a 0 alone when it is full.
local waiting
if ARGV[2] ~= '' then
  local runs = line()
  for _, run in ipairs(runs) do
    if run.owner == ARGV[4] and run.state ~= 'cancelled' then
      return {run.id, 0}
    end
  end
  waiting = #runs
else
  waiting = redis.call('LLEN', KEYS[2])
end
if waiting >= tonumber(ARGV[8]) then
  return {0}
end
redis.call('HSET', KEYS[1], 'state', 'queued', 'experiment', ARGV[2], 'asked', ARGV[3], 'owner', ARGV[4], 'page', ARGV[5],
  'visitor', ARGV[9], 'good_for', ARGV[6], 'accepted', time[1] .. string.format('%06d', time[2]))
redis.call('EXPIRE', KEYS[1], ARGV[7])
if ARGV[2] ~= '' then
  redis.call('RPUSH', LINE, ID)
end
return {ID, 1}
