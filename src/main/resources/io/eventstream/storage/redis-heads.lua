-- Where channels begin and end.
-- KEYS: storage, heads. ARGV: channels. Answers id and generation of the storage, then what the heads say of each.
local reply = redis.call('HMGET', KEYS[1], 'id', 'generation')
for i, channel in ipairs(ARGV) do
    reply[2 + i] = redis.call('HGET', KEYS[2], channel)
end
return reply
