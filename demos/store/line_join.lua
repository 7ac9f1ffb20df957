-- Write the record of a new run and put it at the end of the line, unless its owner is in it already, or it is full.
-- ARGV: see line.lua; then the new id, experiment, owner, most runs in the line, time to live in s.
-- Answers with the id of the owner's run and 1 when it is new; with a 0 alone when the line is full.
local line = members()
for _, run in ipairs(line) do
  if run.owner == ARGV[5] and run.state ~= 'cancelled' then
    return {run.id, 0}
  end
end
if #line >= tonumber(ARGV[6]) then
  return {0}
end
redis.call('HSET', key_of(ARGV[3]), 'state', 'queued', 'experiment', ARGV[4], 'owner', ARGV[5],
  'accepted', time[1] .. string.format('%06d', time[2]))
redis.call('EXPIRE', key_of(ARGV[3]), ARGV[7])
redis.call('RPUSH', LINE, ARGV[3])
return {ARGV[3], 1}
