package io.eventstream.sender;

import io.eventstream.cluster.RedisTopic;
import io.eventstream.storage.RedisAppender;
import java.util.concurrent.CompletableFuture;

/** By the storage; the topic tells the nodes to have a look. */
final class StoredWay implements RedisWay {

    private final RedisAppender appender;
    private final RedisTopic topic;

    StoredWay(RedisAppender appender, RedisTopic topic) {
        this.appender = appender;
        this.topic = topic;
    }

    @Override
    public CompletableFuture<Long> send(String channel, String type, String data) {
        return appender.append(channel, type, data);
    }

    @Override
    public void close() {
        appender.close();
        topic.close();
    }
}
