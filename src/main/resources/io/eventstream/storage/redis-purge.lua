-- Deletes the oldest events of a channel whose time is over, up to a bound, since everybody waits meanwhile.
-- KEYS: heads, stream, lease. ARGV: channel, milliseconds to keep, whose the lease is, its milliseconds, most events,
-- most bytes. Answers how many were deleted and whether there may be more; -1 where another node has the lease.
if redis.call('GET', KEYS[3]) ~= ARGV[3] then
    return {-1, 0}
end
redis.call('PEXPIRE', KEYS[3], ARGV[4])
local packed = redis.call('HGET', KEYS[1], ARGV[1])
if not packed then
    return {0, 0}
end
local head, purged, born = string.match(packed, '^(%d+) (%d+) (%d+) %d+$')
local time = redis.call('TIME')
local cutoff = time[1] * 1000 + math.floor(time[2] / 1000) - tonumber(ARGV[2])

local deleted, bytes, next_time, more = 0, 0, nil, 0
local start = '-'
repeat
    -- A few at a time: each is copied as a whole.
    local entries = redis.call('XRANGE', KEYS[2], start, '+', 'COUNT', 16)
    for _, entry in ipairs(entries) do
        local stored_at = entry[2][2]
        if tonumber(stored_at) > cutoff then
            -- The first that is not old enough ends it, so that what is left has no hole.
            next_time = stored_at
        elseif deleted >= tonumber(ARGV[5]) or bytes >= tonumber(ARGV[6]) then
            next_time, more = stored_at, 1
        else
            deleted = deleted + 1
            bytes = bytes + #entry[2][6]
            purged = string.match(entry[1], '^(%d+)')
            start = '(' .. entry[1]
        end
        if next_time then
            break
        end
    end
until next_time or #entries < 16

if deleted > 0 then
    redis.call('XTRIM', KEYS[2], 'MINID', '=', string.format('%.0f-0', tonumber(purged) + 1))
end
if not next_time then
    purged = head
end
redis.call('HSET', KEYS[1], ARGV[1], head .. ' ' .. purged .. ' ' .. born .. ' ' .. (next_time or '0'))
return {deleted, more}
