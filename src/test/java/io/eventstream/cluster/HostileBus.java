package io.eventstream.cluster;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;

/** A transport that does whatever a transport may do, until it calms down. */
final class HostileBus {

    private record Delivery(Duration due, long order, ClusterMember to, String text) {}

    private final Random random;
    private final List<ClusterMember> members = new ArrayList<>();
    private final Set<ClusterMember> cutOff = new HashSet<>();
    private final List<Delivery> underWay = new ArrayList<>();
    private Duration time = Duration.ZERO;
    private Duration stopsUntil = Duration.ZERO;
    private long order;
    private boolean raging;

    HostileBus(Random random) {
        this.random = random;
    }

    void join(ClusterMember member) {
        members.add(member);
    }

    void rage() {
        raging = true;
    }

    /** From now on it does what it should. What is under way still comes, in any order. */
    void calm() {
        raging = false;
        stopsUntil = time;
        List.copyOf(cutOff).forEach(this::connectAgain);
    }

    /** Takes and brings nothing for so long; nobody is told. */
    void stop(Duration length) {
        stopsUntil = time.plus(length);
    }

    boolean isUp() {
        return time.compareTo(stopsUntil) >= 0;
    }

    /** What comes to it and from it is lost. */
    void cut(ClusterMember member) {
        cutOff.add(member);
    }

    void connectAgain(ClusterMember member) {
        if (cutOff.remove(member)) {
            member.inbox.connected();
        }
    }

    void garbage(String text) {
        members.forEach(member -> member.inbox.received(text));
    }

    void publish(ClusterMember from, String text) {
        for (ClusterMember to : members) {
            int copies = !raging ? 1 : random.nextInt(10) == 0 ? 2 : random.nextInt(8) == 0 ? 0 : 1;
            boolean cut = cutOff.contains(from) || cutOff.contains(to);
            for (int i = 0; i < copies && !cut; i++) {
                underWay.add(new Delivery(time.plus(delay()), order++, to, maimed(text)));
            }
        }
    }

    private Duration delay() {
        return raging && random.nextInt(3) == 0 ? Duration.ofMillis(random.nextInt(3000)) : Duration.ZERO;
    }

    private String maimed(String text) {
        return raging && random.nextInt(30) == 0 ? text.substring(random.nextInt(text.length())) : text;
    }

    void pass(Duration by) {
        time = time.plus(by);
        if (!isUp()) {
            return;
        }
        List<Delivery> due = underWay.stream()
                .filter(delivery -> delivery.due().compareTo(time) <= 0)
                .sorted(Comparator.comparing(Delivery::due).thenComparing(Delivery::order))
                .toList();
        underWay.removeAll(due);
        for (Delivery delivery : due) {
            if (!cutOff.contains(delivery.to())) {
                delivery.to().inbox.received(delivery.text());
            }
        }
    }
}
