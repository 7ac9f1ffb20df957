-- Takes one of so many places, for so many us at most: 1, or 0 when there is none. Whoever died loses theirs with time.
-- KEYS: the places that are taken, each with when it counts as given back. ARGV: the new one, how many there are, us.
redis.call('ZREMRANGEBYSCORE', KEYS[1], '-inf', now)
if redis.call('ZCARD', KEYS[1]) >= tonumber(ARGV[2]) then
  return 0
end
redis.call('ZADD', KEYS[1], now + ARGV[3], ARGV[1])
redis.call('PEXPIRE', KEYS[1], math.ceil(ARGV[3] / 1000))
return 1
