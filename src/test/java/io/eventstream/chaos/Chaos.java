package io.eventstream.chaos;

import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Does one fault after the other to a cluster that is in use, and looks at everything in the end. */
final class Chaos {

    private static final Duration CALM = Duration.ofSeconds(5);
    /** Of each publisher before the next fault, so that every node works again. */
    private static final int WORKS = 5;

    private final Cluster cluster;
    private final Traffic traffic;
    private final Report report;
    private final long begun = System.nanoTime();

    Chaos(Cluster cluster, Traffic traffic, Report report) {
        this.cluster = cluster;
        this.traffic = traffic;
        this.report = report;
    }

    /** {@return whether so much time has passed since the beginning} */
    boolean hasLasted(Duration length) {
        return System.nanoTime() - begun >= length.toNanos();
    }

    /** Does it; returns once it is over, and all nodes work and all clients have everything. */
    void suffer(Fault fault) {
        traffic.awaitAcknowledged(WORKS);
        pass(CALM);
        int before = traffic.ledger().acknowledged();
        fault.begin().run();
        pass(fault.length());
        int meanwhile = traffic.ledger().acknowledged() - before;
        fault.end().run();
        long ended = System.nanoTime();
        traffic.awaitDelivered();
        report.suffered(fault, meanwhile, Duration.ofNanos(System.nanoTime() - ended));
    }

    private static void pass(Duration length) {
        await().pollDelay(length).atMost(length.plusSeconds(10)).until(() -> true);
    }

    /** Ends it, and looks at everything. */
    void finish() {
        traffic.awaitAcknowledged(WORKS);
        pass(CALM);
        Duration lasted = Duration.ofNanos(System.nanoTime() - begun);
        traffic.stopPublishing();
        await("numbers")
                .atMost(Duration.ofMinutes(1))
                .until(() -> cluster.stored().values().stream().noneMatch(events -> events.containsKey(0L)));
        Map<String, Map<Long, String>> stored = cluster.stored();
        Map<String, Long> heads = new HashMap<>();
        stored.forEach((channel, events) -> heads.put(channel, (long) events.size()));
        List<String> wrong = new ArrayList<>(traffic.ledger().wrong(stored));
        try {
            traffic.awaitDelivered(heads);
        } catch (RuntimeException e) {
            wrong.add("Not all clients have everything: " + e.getMessage());
        }
        report.finished(traffic, stored, wrong, lasted);
    }
}
