-- Gives back a place. KEYS: the places that are taken. ARGV: the one.
return redis.call('ZREM', KEYS[1], ARGV[1])
