-- Ends a lease, unless it is another's by now. KEYS: lease. ARGV: whose it was.
if redis.call('GET', KEYS[1]) == ARGV[1] then
    redis.call('DEL', KEYS[1])
end
return 1
