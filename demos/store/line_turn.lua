-- A worker has taken a run and asks whether it is its turn. Asking renews the lease.
-- ARGV: see line.lua; then the id, lease in us. Answers: "go", "wait", or "gone" (it has ended, or was given up).
local line = members()
local blocked = false
for _, run in ipairs(line) do
  if run.state ~= 'queued' and run.id ~= ARGV[3] then
    blocked = true
  end
end
for _, run in ipairs(line) do
  if run.id == ARGV[3] then
    if run.state ~= 'queued' then
      return 'gone'
    end
    redis.call('HSET', run.key, 'lease', run.at + ARGV[4])
    if blocked then
      return 'wait'
    end
    redis.call('HSET', run.key, 'state', 'started', 'started', run.at)
    return 'go'
  end
  -- One before it whose worker waits as well goes first; one that no worker has taken yet holds nobody up.
  blocked = blocked or run.present
end
return 'gone'
