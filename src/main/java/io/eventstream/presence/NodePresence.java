package io.eventstream.presence;

import io.eventstream.api.ChannelPresence;
import io.eventstream.api.InvalidChannelException;
import io.eventstream.api.Subscribed;
import io.eventstream.api.Unsubscribed;
import io.eventstream.broadcast.Attendance;
import io.eventstream.broadcast.Interest;
import io.eventstream.config.EventStreamConfig;
import io.eventstream.config.PresenceKind;
import io.eventstream.config.PresenceSettings;
import io.eventstream.server.ServerThreads;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.BeforeDestroyed;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.Reception;
import jakarta.enterprise.inject.spi.BeanManager;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.LongSupplier;
import java.util.stream.Stream;

/**
 * Who listens, as this node knows it: told by the subscribers of this node, and by the other nodes where a transport or a
 * storage connects them. Safe for use by many threads.
 */
@ApplicationScoped
public class NodePresence implements Attendance {

    /** A few megabytes, and more than the clients that come at once after a restart. */
    private static final int MOST_CALLS = 100_000;

    private final PresenceSettings settings;
    private final Optional<ObserverCalls> observers;
    private final LongSupplier clock;
    private final LocalPresence here;
    private final OtherNodes others;

    /** For the CDI client proxy only. */
    @SuppressWarnings("NullAway")
    NodePresence() {
        this.settings = null;
        this.observers = Optional.empty();
        this.clock = null;
        this.here = null;
        this.others = null;
    }

    @Inject
    NodePresence(EventStreamConfig config, BeanManager beans, ServerThreads threads) {
        this(
                config.presence(),
                isObserved(beans)
                        ? Optional.of(
                                new ObserverCalls(event -> beans.getEvent().fire(event), threads, MOST_CALLS))
                        : Optional.empty(),
                System::nanoTime);
    }

    NodePresence(PresenceSettings settings, Optional<ObserverCalls> observers, LongSupplier clock) {
        this.settings = settings;
        this.observers = observers;
        this.clock = clock;
        this.here = new LocalPresence(settings);
        this.others = new OtherNodes(clock);
    }

    private static boolean isObserved(BeanManager beans) {
        return Stream.of(new Subscribed("a", ""), new Unsubscribed("a", ""))
                .flatMap(event -> beans.resolveObserverMethods(event).stream())
                .anyMatch(observer -> !observer.isAsync());
    }

    /** {@return whether anybody may ask who listens} */
    public boolean isOn() {
        return settings.kind() != PresenceKind.OFF;
    }

    @Override
    public boolean isWanted() {
        return isOn() || observers.isPresent();
    }

    @Override
    public Runnable begins(Interest interest) {
        String user = interest.user().name();
        boolean isOn = isOn();
        if (isOn) {
            interest.channels().forEach(channel -> here.add(channel, user));
        }
        boolean isTold = observers.isPresent() && observers.get().begins(interest);
        return () -> {
            if (isOn) {
                interest.channels().forEach(channel -> here.remove(channel, user));
            }
            if (isTold) {
                observers.ifPresent(calls -> calls.ends(interest));
            }
        };
    }

    /**
     * Who listens to a channel.
     *
     * @param channel its name
     * @return on this node, and on those that have told
     * @throws IllegalStateException if this is not {@linkplain #isOn on}
     */
    public ChannelPresence of(String channel) {
        InvalidChannelException.requireValid(channel);
        if (!isOn()) {
            throw new IllegalStateException(
                    "Who listens is not known with eventstream.presence = off; set it to count or users");
        }
        ChannelPresence local = here.of(channel);
        long count = local.count();
        Set<String> users = new TreeSet<>(local.users());
        for (ChannelPresence there : others.of(channel)) {
            count += there.count();
            users.addAll(there.users());
        }
        int most = settings.kind() == PresenceKind.USERS ? settings.maxUsers() : 0;
        return new ChannelPresence(
                channel, count, Set.copyOf(users.stream().limit(most).toList()));
    }

    /**
     * Begins to tell other nodes.
     *
     * @param largest how many characters a message may have
     * @return what is told and heard; empty if this is not {@linkplain #isOn on}
     */
    public Optional<PresenceExchange> exchange(int largest) {
        return exchange(largest, Duration.ZERO);
    }

    /**
     * Begins to tell other nodes.
     *
     * @param largest how many characters a message may have
     * @param pause how long to wait after a part of all that is told again and again, where no node is new
     * @return what is told and heard; empty if this is not {@linkplain #isOn on}
     */
    public Optional<PresenceExchange> exchange(int largest, Duration pause) {
        return isOn() ? Optional.of(new PresenceExchange(here, others, clock, largest, pause)) : Optional.empty();
    }

    void end(@Observes(notifyObserver = Reception.IF_EXISTS) @BeforeDestroyed(ApplicationScoped.class) Object event) {
        close();
    }

    /** Calls no observer any more. Calling it again has no effect. */
    @PreDestroy
    public void close() {
        observers.ifPresent(ObserverCalls::close);
    }
}
