package io.eventstream.sender;

import io.eventstream.cluster.RedisTopic;
import java.util.concurrent.CompletableFuture;

/** By the topic alone. */
final class UnstoredWay implements RedisWay {

    private final RedisTopic topic;
    private final SendingThread thread = new SendingThread();

    UnstoredWay(RedisTopic topic) {
        this.topic = topic;
    }

    @Override
    public CompletableFuture<Long> send(String channel, String type, String data) {
        return thread.submit(() -> {
            topic.live(channel, type, data);
            return 0L;
        });
    }

    @Override
    public void close() {
        thread.close();
        topic.close();
    }
}
