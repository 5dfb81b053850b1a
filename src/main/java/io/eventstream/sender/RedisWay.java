package io.eventstream.sender;

import java.util.concurrent.CompletableFuture;

/** How an event gets to the nodes. Safe for use by many threads. */
interface RedisWay extends AutoCloseable {

    /** {@return completed with its number once it has gone, 0 where it has none} */
    CompletableFuture<Long> send(String channel, String type, String data);

    /** What was taken still goes, for some seconds at most. */
    @Override
    void close();
}
