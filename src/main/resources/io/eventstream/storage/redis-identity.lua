-- Sets the storage up where there is none, and raises its generation. The counters of channels need no change: each is
-- taken for at least the beginning of the generation.
-- KEYS: storage. ARGV: id and generation of a new storage, generation to reach.
if redis.call('EXISTS', KEYS[1]) == 0 then
    redis.call('HSET', KEYS[1], 'id', ARGV[1], 'generation', ARGV[2])
end
if tonumber(redis.call('HGET', KEYS[1], 'generation')) < tonumber(ARGV[3]) then
    redis.call('HSET', KEYS[1], 'generation', ARGV[3])
end
return redis.call('HMGET', KEYS[1], 'id', 'generation')
