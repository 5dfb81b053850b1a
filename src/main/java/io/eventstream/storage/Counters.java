package io.eventstream.storage;

import io.eventstream.api.StorageRefusedException;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * Makes the counters of new channels: in transactions of their own, since in that which looked for one InnoDB holds the gap
 * where it belongs. Safe for use by many threads.
 */
final class Counters {

    private static final int AT_ONCE = 100;

    private final Attempts attempts;
    private final Database database;
    private final FirstRows rows;
    private final Reading reading;

    Counters(Attempts attempts, Database database, Reading reading) {
        this.attempts = attempts;
        this.database = database;
        this.rows = new FirstRows(database);
        this.reading = reading;
    }

    /**
     * Makes those that are missing: all of them, since whoever locks them tries anew with the first one after each that he
     * does not find.
     */
    void make(Collection<String> channels) {
        Set<String> missing = new TreeSet<>(channels); // in order, so that two nodes seldom wait for each other
        missing.removeAll(reading.withCounter(channels));
        List<String> inOrder = List.copyOf(missing);
        for (int from = 0; from < inOrder.size(); from += AT_ONCE) {
            makeAll(inOrder.subList(from, Math.min(from + AT_ONCE, inOrder.size())));
        }
    }

    private void makeAll(List<String> channels) {
        try {
            insert(channels);
        } catch (StorageRefusedException e) {
            if (channels.size() > 1) {
                channels.forEach(channel -> makeAll(List.of(channel)));
            } else if (reading.withCounter(channels).isEmpty()) {
                throw e;
            } // else another node was faster
        }
    }

    private void insert(List<String> channels) {
        attempts.repeatable(em -> {
            rows.counters(em, channels, database.now(em));
            return channels;
        });
    }
}
