-- Let a worker begin a run, if its record is there, waits, was not given up (a publish that timed out may still arrive), and
-- has its turn. Asking for the turn renews the lease.
-- Answers: "go" and what was asked for, "wait", or "gone" (it has ended, or was given up).
local run = read(ID)
if not run or run.state ~= 'queued' then
  return {'gone'}
end
if run.is_experiment then
  local stands, blocked = false, false
  for _, other in ipairs(line()) do
    if other.id == ID then
      stands = true
    elseif other.state ~= 'queued' or (other.lease and not stands) then
      -- One before it whose worker waits as well goes first; one that no worker has taken yet holds nobody up.
      blocked = true
    end
  end
  if not stands then
    return {'gone'}
  end
  redis.call('HSET', run.key, 'lease', run.at + LEASE)
  if blocked then
    return {'wait'}
  end
end
redis.call('HSET', run.key, 'state', 'started', 'started', run.at, 'lease', run.at + LEASE)
time_of('wait', run.experiment, run.at - (run.published or run.at))
return {'go', redis.call('HGET', run.key, 'asked')}
