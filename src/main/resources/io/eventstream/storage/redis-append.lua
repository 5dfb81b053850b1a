-- Numbers messages and stores them, all or none.
-- KEYS: storage, heads, the stream of each channel.
-- ARGV: how many channels, their names, then of each message: the channel's index, type, data, users.
-- Answers {'ok', milliseconds, the number before the first of each channel}; {'new'} where no storage is set up; {'lost'}
-- where the heads stand lower than a stream, so that numbers would be given again.
local generation = redis.call('HGET', KEYS[1], 'generation')
if not generation then
    return {'new'}
end
local base = tonumber(generation) * 1000000000000
local time = redis.call('TIME')
local now = string.format('%.0f', time[1] * 1000 + math.floor(time[2] / 1000))
local count = tonumber(ARGV[1])

-- As it stands, since Lua itself would write large numbers as 1e+15.
local function text(number)
    return string.format('%.0f', number)
end

-- Whatever may fail is read before anything is written: Redis does not roll back.
local channels = {}
local reply = {'ok', now}
for i = 1, count do
    local packed = redis.call('HGET', KEYS[2], ARGV[1 + i]) or '0 0 0 0'
    local head, purged, born, oldest = string.match(packed, '^(%d+) (%d+) (%d+) (%d+)$')
    local kind = redis.call('TYPE', KEYS[2 + i]).ok
    if not head or (kind ~= 'none' and kind ~= 'stream') then
        return redis.error_reply('WRONGTYPE a key of the event storage holds something else')
    end
    head = math.max(tonumber(head), base)
    if kind == 'none' then
        -- Deleted or evicted: what was there is gone, and who wants it begins anew.
        purged, oldest = text(head), '0'
    end
    channels[i] = {
        head = head, start = head, purged = purged,
        born = born == '0' and now or born, oldest = oldest == '0' and now or oldest,
    }
    reply[2 + i] = text(head)
end

local function taken_back(reason)
    for i = 1, count do
        for number = channels[i].start + 1, channels[i].head do
            redis.pcall('XDEL', KEYS[2 + i], text(number) .. '-0')
        end
        -- Or the numbers that were just given could not be given again.
        redis.pcall('XSETID', KEYS[2 + i], text(channels[i].start) .. '-0')
    end
    if string.find(reason, 'equal or smaller', 1, true) then
        return {'lost'}
    end
    return redis.error_reply(reason)
end

for at = count + 2, #ARGV, 4 do
    local index = tonumber(ARGV[at])
    local channel = channels[index]
    channel.head = channel.head + 1
    local result = redis.pcall('XADD', KEYS[2 + index], string.format('%.0f-0', channel.head),
        't', now, 'e', ARGV[at + 1], 'd', ARGV[at + 2], 'u', ARGV[at + 3])
    if type(result) == 'table' then
        -- This one was not added; what has its number is older, and stays.
        channel.head = channel.head - 1
        return taken_back(result.err)
    end
end

for i = 1, count do
    local channel = channels[i]
    redis.call('HSET', KEYS[2], ARGV[1 + i],
        text(channel.head) .. ' ' .. channel.purged .. ' ' .. channel.born .. ' ' .. channel.oldest)
end
return reply
