-- The id of an owner's run that waits in the line or goes on; none when there is none. ARGV: owner.
for _, run in ipairs(line()) do
  if run.owner == ARGV[2] and run.state ~= 'cancelled' then
    return run.id
  end
end
return false
