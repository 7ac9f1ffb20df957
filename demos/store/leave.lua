-- The worker has ended every process of a run. If it was cancelled, only now the next one in the line may begin.
if redis.call('HGET', KEYS[1], 'state') == 'cancelled' then
  redis.call('HDEL', KEYS[1], 'lease')
end
return 1
