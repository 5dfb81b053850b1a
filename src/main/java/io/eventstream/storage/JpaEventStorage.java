package io.eventstream.storage;

import io.eventstream.api.StorageRefusedException;
import io.eventstream.spi.Appended;
import io.eventstream.spi.ChannelHead;
import io.eventstream.spi.EncodedMessage;
import io.eventstream.spi.EventStorage;
import io.eventstream.spi.NumberedEvent;
import io.eventstream.spi.Retention;
import io.eventstream.spi.StorageIdentity;
import io.eventstream.spi.StoredEvent;
import jakarta.persistence.EntityManager;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Events in a relational database, by the application's own persistence unit. Reads are of single columns and not of
 * entities, so that no cache can serve what other nodes have changed. JPQL says most of it; {@link Database} and
 * {@link Numbering} say why the rest is SQL. Safe for use by many threads.
 */
final class JpaEventStorage implements EventStorage {

    /** Counters that one transaction of {@link #number} locks, since senders wait for all of it. */
    private static final int CHANNELS_AT_ONCE = 100;

    private final Transactions transactions;
    private final Attempts attempts;
    private final Database database;
    private final Duration lockLimit;
    private final Identity identity;
    private final Reading reading;
    private final RecentHeads recentHeads;
    private final Counters counters;
    private final Purge purge;

    private JpaEventStorage(Transactions transactions, Attempts attempts, Database database, Duration lockLimit) {
        this.transactions = transactions;
        this.attempts = attempts;
        this.database = database;
        this.lockLimit = lockLimit;
        this.identity = new Identity(attempts, database);
        this.reading = new Reading(attempts);
        this.recentHeads = new RecentHeads(attempts, new ChangedHeads(attempts));
        this.counters = new Counters(attempts, database, reading);
        this.purge = new Purge(attempts, database);
    }

    /**
     * The storage behind a persistence unit, set up if it is new.
     *
     * @param lockLimit how long a node that hangs may hold up the others, where the database knows such a limit
     * @throws StorageRefusedException if its tables are not there
     */
    static EventStorage open(Transactions transactions, Duration lockLimit) {
        var attempts = new Attempts(transactions);
        var storage = new JpaEventStorage(transactions, attempts, attempts.repeatable(Database::of), lockLimit);
        storage.identity.setUp();
        return new EscapedChannels(storage);
    }

    @Override
    public StorageIdentity identity() {
        return identity.get();
    }

    @Override
    public StorageIdentity raiseGeneration(long atLeast) {
        return identity.raise(atLeast);
    }

    /** How one transaction of {@link #append} ended. */
    private sealed interface Step {

        /** Nothing done. */
        record CounterMissing() implements Step {}

        /** There is so much older that it has a transaction of its own. */
        record OlderFirst(List<NumberedEvent> older) implements Step {}

        record Done(List<NumberedEvent> older, List<StoredEvent> own) implements Step {}
    }

    @Override
    public Appended append(List<EncodedMessage> messages) {
        if (messages.isEmpty()) {
            return new Appended(List.of(), List.of());
        }
        Map<String, Integer> channels = new HashMap<>();
        messages.forEach(message -> channels.merge(message.channel(), 1, Integer::sum));
        List<NumberedEvent> older = new ArrayList<>();
        while (true) {
            Step step = attempts.once(em -> append(em, channels, messages));
            if (step instanceof Step.CounterMissing) {
                counters.make(channels.keySet());
            } else if (step instanceof Step.OlderFirst first) {
                older.addAll(first.older());
            } else if (step instanceof Step.Done done) {
                older.addAll(done.older());
                return new Appended(older, done.own());
            }
        }
    }

    private Step append(EntityManager em, Map<String, Integer> channels, List<EncodedMessage> messages) {
        var numbering = new Numbering(em, database, lockLimit);
        if (!numbering.lock(channels)) {
            return new Step.CounterMissing();
        }
        List<NumberedEvent> older = numbering.numberWaiting(Numbering.MOST_ROWS);
        if (older.size() == Numbering.MOST_ROWS) {
            numbering.finish();
            return new Step.OlderFirst(older);
        }
        List<StoredEvent> own = numbering.insert(messages);
        numbering.finish();
        return new Step.Done(older, own);
    }

    @Override
    public boolean joins() {
        return true;
    }

    @Override
    public long join(EncodedMessage message) {
        return transactions.joined(em -> {
            try {
                return database.insert(em, message);
            } catch (RuntimeException e) {
                throw Attempts.exception(e);
            }
        });
    }

    @Override
    public List<NumberedEvent> number(Set<String> channels, int limit) {
        if (limit < 1) {
            throw new IllegalArgumentException("The limit must be at least 1, was " + limit);
        }
        List<String> inOrder = channels.stream().sorted().toList();
        List<NumberedEvent> numbered = new ArrayList<>();
        for (int from = 0; from < inOrder.size() && numbered.size() < limit; from += CHANNELS_AT_ONCE) {
            Map<String, Integer> counters = new HashMap<>();
            inOrder.subList(from, Math.min(from + CHANNELS_AT_ONCE, inOrder.size()))
                    .forEach(channel -> counters.put(channel, 0));
            numberAll(counters, limit, numbered);
        }
        return numbered;
    }

    private void numberAll(Map<String, Integer> channels, int limit, List<NumberedEvent> numbered) {
        boolean more = true;
        while (more && numbered.size() < limit) {
            int wanted = Math.min(limit - numbered.size(), Numbering.MOST_ROWS);
            Step step = attempts.repeatable(em -> number(em, channels, wanted));
            if (step instanceof Step.CounterMissing) {
                counters.make(channels.keySet());
            } else if (step instanceof Step.OlderFirst some) {
                numbered.addAll(some.older());
                more = some.older().size() == wanted;
            }
        }
    }

    private Step number(EntityManager em, Map<String, Integer> channels, int limit) {
        var numbering = new Numbering(em, database, lockLimit);
        if (!numbering.lock(channels)) {
            return new Step.CounterMissing();
        }
        List<NumberedEvent> numbered = numbering.numberWaiting(limit);
        numbering.finish();
        return new Step.OlderFirst(numbered);
    }

    @Override
    public Map<Long, Long> numbers(Collection<Long> keys) {
        return reading.numbers(keys);
    }

    @Override
    public Set<String> unnumbered() {
        return reading.unnumbered();
    }

    @Override
    public Map<String, ChannelHead> heads(Collection<String> channels) {
        return reading.heads(channels);
    }

    @Override
    public Map<String, ChannelHead> changedHeads(Map<String, ChannelHead> known) {
        return database == Database.POSTGRESQL ? recentHeads.since(known) : EventStorage.super.changedHeads(known);
    }

    @Override
    public List<StoredEvent> after(String channel, long position, int limit) {
        return reading.after(channel, position, limit);
    }

    @Override
    public long purge(Retention retention) {
        return purge.run(retention);
    }
}
