package io.eventstream.broadcast;

import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;

/** Who waits to hear that an event was handed to the subscribers. Safe for use by many threads. */
final class Deliveries {

    private record Delivery(long number, CompletableFuture<Void> done) {}

    private final Queue<Delivery> waiting = new ConcurrentLinkedQueue<>();

    void add(long number, CompletableFuture<Void> done) {
        waiting.add(new Delivery(number, done));
    }

    void complete(long reached) {
        if (!waiting.isEmpty()) {
            waiting.removeIf(delivery -> delivery.number <= reached && completed(delivery));
        }
    }

    void completeAll() {
        complete(Long.MAX_VALUE);
    }

    private static boolean completed(Delivery delivery) {
        delivery.done.complete(null);
        return true;
    }
}
