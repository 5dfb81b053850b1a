package io.eventstream.chaos;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** What one client has seen of one channel. Safe for use by many threads. */
final class Seen {

    /** By number less one; empty where it has not come. Guarded by this, as all below. */
    private final List<String> events = new ArrayList<>();

    private final Set<Long> passedOver = new TreeSet<>();
    private int repeated;
    private int disordered;

    synchronized void event(long id, String data) {
        if (id > events.size()) {
            for (long missing = events.size() + 1L; missing < id; missing++) {
                passedOver.add(missing);
                events.add("");
            }
            events.add(data);
        } else if (passedOver.remove(id)) {
            disordered++;
            events.set(Math.toIntExact(id - 1), data);
        } else {
            repeated++;
        }
    }

    /** The stream goes on after that number, and says so. */
    synchronized void reset(long id) {
        while (events.size() < id) {
            events.add("");
        }
    }

    synchronized long last() {
        return events.size();
    }

    synchronized int delivered() {
        return (int) events.stream().filter(data -> !data.isEmpty()).count();
    }

    /** {@return how many came again} */
    synchronized int repeated() {
        return repeated;
    }

    /** {@return how many came after one with a greater number} */
    synchronized int disordered() {
        return disordered;
    }

    /** {@return how many of these it has not got, or not as they are, without having been told that} */
    synchronized int lost(Map<Long, String> stored) {
        int lost = 0;
        for (var one : stored.entrySet()) {
            int index = Math.toIntExact(one.getKey() - 1);
            String seen = index < events.size() ? events.get(index) : "";
            boolean reset = seen.isEmpty() && index < events.size() && !passedOver.contains(one.getKey());
            if (!seen.equals(one.getValue()) && !reset) {
                lost++;
            }
        }
        return lost;
    }
}
