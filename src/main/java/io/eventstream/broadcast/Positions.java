package io.eventstream.broadcast;

import io.eventstream.sse.ControlEvents;
import io.eventstream.sse.EventEncoder;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Where a subscriber is in each of its channels. Moved only by whoever has the subscriber's right to drain.
 */
final class Positions {

    static final Positions NONE = new Positions(List.of());

    private final List<Subscription> subscriptions;
    /** Channels of which it has not yet been told that it has missed something. */
    private List<Subscription> missed = List.of();
    /** With several channels: whether some have moved since an id was sent. */
    private boolean passedSilently;

    /**
     * Creates them.
     *
     * @param subscriptions in the order in which their events are sent, which is that of the channels in an id
     */
    Positions(List<Subscription> subscriptions) {
        this.subscriptions = List.copyOf(subscriptions);
    }

    /** Before its subscriber is started: events of these are not there any more. */
    void missed(List<Subscription> channels) {
        missed = List.copyOf(channels);
    }

    List<Subscription> subscriptions() {
        return subscriptions;
    }

    /** {@return whether there is anything that the subscriber has not passed and that can be had now} */
    boolean areBehind() {
        if (!missed.isEmpty()) {
            return true;
        }
        for (Subscription subscription : subscriptions) {
            if (subscription.isBehind()) {
                return true;
            }
        }
        return false;
    }

    /**
     * Takes what one write can carry of all that is pending, and moves past it.
     *
     * @return whole events, shared where there is one channel; with a reset where some are not there any more; empty
     *     where none is wanted
     */
    byte[] take(Interest interest) {
        if (!missed.isEmpty()) {
            List<Subscription> told = missed;
            missed = List.of();
            return reset(told);
        }
        return subscriptions.size() == 1 ? takeFrom(subscriptions.get(0), interest) : takeFromAll(interest);
    }

    /** {@return what is sent after a silence: with an id where the client does not know how far it is} */
    byte[] keepAlive() {
        boolean due = subscriptions.size() == 1 ? subscriptions.get(0).hasPassedSilently() : passedSilently;
        if (!due) {
            return ControlEvents.keepAlive();
        }
        var bytes = new ByteArrayOutputStream();
        bytes.writeBytes(EventEncoder.idAlone(id()));
        bytes.writeBytes(ControlEvents.keepAlive());
        shown();
        return bytes.toByteArray();
    }

    private byte[] takeFrom(Subscription only, Interest interest) {
        while (only.isBehind()) {
            byte[] bytes = only.take(interest);
            if (bytes == null) {
                return reset(List.of(only));
            }
            if (bytes.length > 0) {
                return bytes;
            }
        }
        return new byte[0];
    }

    private byte[] takeFromAll(Interest interest) {
        var bytes = new ByteArrayOutputStream();
        List<Subscription> unstored = new ArrayList<>();
        boolean withIds = subscriptions.stream().anyMatch(Subscription::isStored);
        for (Subscription subscription : subscriptions) {
            while (subscription.isBehind() && bytes.size() < RangeEncoder.MAX_WRITE) {
                if (subscription.isStored()) {
                    takeStored(subscription, interest, bytes);
                } else {
                    takeUnstored(subscription, interest, bytes, withIds, unstored);
                }
            }
        }
        if (!unstored.isEmpty()) {
            bytes.writeBytes(reset(unstored));
        }
        return bytes.toByteArray();
    }

    /** Beside reliable channels its events repeat the id of those, as the reference's do. */
    private void takeUnstored(
            Subscription subscription,
            Interest interest,
            ByteArrayOutputStream bytes,
            boolean withIds,
            List<Subscription> missing) {
        if (withIds) {
            if (subscription.takeOne(interest, event -> event.writeTo(bytes, id())) == Subscription.Taken.GONE) {
                missing.add(subscription);
            }
            return;
        }
        byte[] taken = subscription.take(interest);
        if (taken == null) {
            missing.add(subscription);
        } else {
            bytes.writeBytes(taken);
        }
    }

    /** Each event with the id of all channels as of this event; a reset at once, since ids that follow are past it. */
    private void takeStored(Subscription subscription, Interest interest, ByteArrayOutputStream bytes) {
        Subscription beside = subscription.unstored();
        if (beside != null && beside.isBehind()) {
            byte[] taken = beside.take(interest);
            bytes.writeBytes(taken == null ? reset(List.of(subscription)) : taken);
            return;
        }
        switch (subscription.takeOne(interest, event -> event.writeTo(bytes, id()))) {
            case WANTED -> passedSilently = false;
            case PASSED -> passedSilently = true;
            case GONE -> bytes.writeBytes(reset(List.of(subscription)));
            case AWAITED -> {
                // It is behind no more until there is something to look at.
            }
        }
    }

    private byte[] reset(List<Subscription> missing) {
        List<String> channels = missing.stream()
                .map(subscription -> subscription.channel.name())
                .toList();
        if (missing.stream().noneMatch(Subscription::isStored)) {
            return ControlEvents.reset("", channels);
        }
        shown();
        return ControlEvents.reset(id(), channels);
    }

    private void shown() {
        passedSilently = false;
        subscriptions.forEach(Subscription::shown);
    }

    /** {@return the text of an id, of the reliable channels} */
    private String id() {
        return subscriptions.stream()
                .filter(Subscription::isStored)
                .map(subscription -> subscription.stored().idPrefix() + subscription.position())
                .collect(Collectors.joining(","));
    }
}
