package io.eventstream.chaos;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/** What publishers were told of each message, and what must hold of it in the end. Safe for use by many threads. */
final class Ledger {

    private static final String CHANNEL = "chaos-";

    /** Where an acknowledged message is said to be. */
    private record Place(String channel, long id) {}

    private final Map<Message, Place> acknowledged = new ConcurrentHashMap<>();
    private final Set<Message> refused = ConcurrentHashMap.newKeySet();
    private final Set<Message> unanswered = ConcurrentHashMap.newKeySet();

    /** {@return the channel of that number} */
    static String channel(int number) {
        return CHANNEL + number;
    }

    /** {@return a name for the publisher to that channel on that node} */
    static String publisher(int node, int channel) {
        return "node" + node + "-" + channel;
    }

    /** {@return the channel that this message is sent to} */
    static String channel(Message message) {
        return CHANNEL + message.publisher().substring(message.publisher().indexOf('-') + 1);
    }

    void acknowledged(Message message, String channel, long id) {
        acknowledged.put(message, new Place(channel, id));
    }

    /** The publisher was told that nothing was sent. */
    void refused(Message message) {
        refused.add(message);
    }

    /** The publisher does not know. */
    void unanswered(Message message) {
        unanswered.add(message);
    }

    int acknowledged() {
        return acknowledged.size();
    }

    int refused() {
        return refused.size();
    }

    int unanswered() {
        return unanswered.size();
    }

    /** {@return how many of those without an answer were sent all the same} */
    long unansweredButStored(Map<String, Map<Long, String>> stored) {
        return stored.values().stream()
                .flatMap(events -> events.values().stream())
                .filter(data -> unanswered.contains(Message.parse(data)))
                .count();
    }

    /** {@return the greatest number that was acknowledged, by channel} */
    Map<String, Long> heads() {
        return acknowledged.values().stream().collect(Collectors.toMap(Place::channel, Place::id, Math::max));
    }

    /** {@return what is wrong with what is stored: nothing, if all is well} */
    List<String> wrong(Map<String, Map<Long, String>> stored) {
        List<String> wrong = new ArrayList<>();
        acknowledged.forEach((message, place) -> {
            String there = stored.getOrDefault(place.channel(), Map.of()).get(place.id());
            if (!message.toString().equals(there)) {
                wrong.add(message + " was acknowledged as " + place + ", where " + there + " is");
            }
        });
        stored.forEach((channel, events) -> {
            for (long id = 1; id <= events.size(); id++) {
                if (!events.containsKey(id)) {
                    wrong.add(channel + " has " + events.size() + " events, but none with the number " + id);
                }
            }
            Set<String> once = ConcurrentHashMap.newKeySet();
            events.forEach((id, data) -> {
                if (!once.add(data)) {
                    wrong.add(data + " is stored twice in " + channel);
                }
                if (refused.contains(Message.parse(data))) {
                    wrong.add(data + " was refused, and is number " + id + " of " + channel);
                }
            });
        });
        wrong.addAll(disordered());
        return wrong;
    }

    /** Who waits for each answer before sending the next has the numbers in that order. */
    private List<String> disordered() {
        List<String> wrong = new ArrayList<>();
        Map<String, Long> last = new HashMap<>();
        acknowledged.entrySet().stream()
                .sorted(Comparator.comparing(one -> one.getKey().count()))
                .forEach(one -> {
                    Long before =
                            last.put(one.getKey().publisher(), one.getValue().id());
                    if (before != null && before >= one.getValue().id()) {
                        wrong.add(one + " comes after the one with the number " + before);
                    }
                });
        return wrong;
    }
}
