package io.eventstream.storage;

import io.eventstream.api.StorageRefusedException;
import io.eventstream.spi.EncodedMessage;
import io.eventstream.spi.StorageIdentity;
import io.eventstream.spi.StoredEvent;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Stores and numbers messages with one script, which is one way to Redis for all of them. Safe for use by many threads. */
final class RedisAppend {

    private static final Logger LOG = System.getLogger(RedisAppend.class.getName());

    /** To set a storage up, then to leave a generation whose counters are lost. */
    private static final int MOST_ATTEMPTS = 4;

    private final RedisConnections connections;
    private final RedisKeys keys;
    private final RedisIdentity identity;

    RedisAppend(RedisConnections connections, RedisKeys keys, RedisIdentity identity) {
        this.connections = connections;
        this.keys = keys;
        this.identity = identity;
    }

    /**
     * Messages by channels.
     *
     * @param channels names
     * @param channelOf of each message, the place of its channel, from 1
     */
    private record Batch(List<EncodedMessage> messages, List<String> channels, int[] channelOf) {

        static Batch of(List<EncodedMessage> messages) {
            Map<String, Integer> places = new LinkedHashMap<>();
            int[] channelOf = messages.stream()
                    .mapToInt(message -> places.computeIfAbsent(message.channel(), channel -> places.size() + 1))
                    .toArray();
            return new Batch(messages, List.copyOf(places.keySet()), channelOf);
        }
    }

    List<StoredEvent> run(List<EncodedMessage> messages) {
        var batch = Batch.of(messages);
        List<byte[]> arguments = arguments(batch);
        for (int attempt = 0; attempt < MOST_ATTEMPTS; attempt++) {
            List<?> answer = RedisReplies.list(connections.once(RedisScript.APPEND, arguments));
            switch (RedisReplies.text(answer.get(0))) {
                case "ok" -> {
                    return events(batch, answer);
                }
                case "new" -> identity.setUp();
                default -> nextGeneration();
            }
        }
        throw new StorageRefusedException("The keys of the event storage in Redis contradict each other", null);
    }

    private void nextGeneration() {
        StorageIdentity next = identity.raise(identity.get().generation() + 1);
        LOG.log(
                Level.WARNING,
                "The counters of channels were lost in Redis: numbers go on in generation {0}, all streams begin anew",
                next.generation());
    }

    private List<byte[]> arguments(Batch batch) {
        List<byte[]> allKeys = new ArrayList<>(2 + batch.channels().size());
        allKeys.add(keys.storage());
        allKeys.add(keys.heads());
        List<byte[]> arguments = new ArrayList<>(
                1 + batch.channels().size() + 4 * batch.messages().size());
        arguments.add(RedisKeys.bytes(batch.channels().size()));
        batch.channels().forEach(channel -> {
            allKeys.add(keys.stream(channel));
            arguments.add(RedisKeys.bytes(channel));
        });
        int place = 0;
        for (EncodedMessage message : batch.messages()) {
            arguments.add(RedisKeys.bytes(batch.channelOf()[place++]));
            arguments.add(RedisKeys.bytes(message.type()));
            arguments.add(RedisKeys.bytes(message.data()));
            arguments.add(RedisKeys.bytes(StoredTexts.users(message.skipUsers())));
        }
        return RedisKeys.arguments(allKeys, arguments);
    }

    private static List<StoredEvent> events(Batch batch, List<?> answer) {
        var storedAt = Instant.ofEpochMilli(RedisReplies.number(answer.get(1)));
        long[] newest = new long[1 + batch.channels().size()];
        for (int i = 1; i < newest.length; i++) {
            newest[i] = RedisReplies.number(answer.get(1 + i));
        }
        List<StoredEvent> events = new ArrayList<>(batch.messages().size());
        int place = 0;
        for (EncodedMessage message : batch.messages()) {
            long number = ++newest[batch.channelOf()[place++]];
            events.add(new StoredEvent(
                    message.channel(), number, message.type(), message.data(), message.skipUsers(), storedAt));
        }
        return events;
    }
}
