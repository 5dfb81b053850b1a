package io.eventstream.publish;

import io.eventstream.api.EventStreamException;
import io.eventstream.api.LastEventId;
import io.eventstream.api.SendRolledBackException;
import io.eventstream.api.StreamEvent;
import io.eventstream.spi.EncodedMessage;
import io.eventstream.spi.StoredEvent;
import io.eventstream.storage.StoredMessages;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/**
 * Sends to reliable channels: with the caller's transaction where there is one that takes it, else in one of its own. Safe
 * for use by many threads.
 */
@ApplicationScoped
class ReliableMessages {

    private static final Logger LOG = System.getLogger(ReliableMessages.class.getName());

    private final StoredMessages stored;
    private final CallersTransaction transaction;
    private final ApplicationTasks tasks;

    /** For the CDI client proxy only. */
    @SuppressWarnings("NullAway")
    ReliableMessages() {
        this(null, null, null);
    }

    @Inject
    ReliableMessages(StoredMessages stored, CallersTransaction transaction, ApplicationTasks tasks) {
        this.stored = stored;
        this.transaction = transaction;
        this.tasks = tasks;
    }

    /**
     * Sends for who does not ask for the outcome. Outside of a transaction it returns once the message is stored.
     *
     * @throws EventStreamException if the message was not stored, or may not have been
     */
    public void fire(EncodedMessage message) {
        switch (transaction.phase()) {
            case NONE -> store(List.of(message));
            case OPEN -> {
                if (stored.joins()) {
                    // Once it has committed it is stored, so there is nothing to tell.
                    transaction.join(new Joined(message, stored.join(message), (event, failure) -> {}));
                } else {
                    transaction.join(new Appended(message, ReliableMessages::logFailure));
                }
            }
            case DOOMED -> LOG.log(Level.DEBUG, "A message was fired in a transaction that can only be rolled back");
            // Whoever is told of a transaction's end must not wait: it may be the thread that ends transactions.
            case ENDING -> append(message, ReliableMessages::logFailure);
        }
    }

    /** Sends for who asks for the outcome. */
    public CompletableFuture<StreamEvent> send(EncodedMessage message) {
        CallersTransaction.Phase phase = transaction.phase();
        if (phase == CallersTransaction.Phase.NONE || phase == CallersTransaction.Phase.ENDING) {
            var stage = new SendStage<StreamEvent>(tasks.executor());
            append(message, new Stage(stage));
            return stage;
        }
        var stage = new CommitStage<StreamEvent>(tasks.executor());
        if (phase == CallersTransaction.Phase.OPEN && stored.joins()) {
            transaction.join(new Joined(message, stored.join(message), new Stage(stage)));
        } else {
            transaction.join(new Appended(message, new Stage(stage)));
        }
        return stage;
    }

    /** Who is told what became of a message. */
    @FunctionalInterface
    private interface Outcome {

        void tell(@Nullable StreamEvent event, @Nullable Throwable failure);

        /** Before that, if there is a transaction. */
        default void transactionEnded() {}
    }

    /** Tells a stage. */
    private record Stage(CompletableFuture<StreamEvent> stage) implements Outcome {

        @Override
        public void tell(@Nullable StreamEvent event, @Nullable Throwable failure) {
            if (event != null) {
                stage.complete(event);
            } else if (failure != null) {
                stage.completeExceptionally(failure);
            }
        }

        @Override
        public void transactionEnded() {
            if (stage instanceof CommitStage<StreamEvent> ofCommit) {
                ofCommit.transactionEnded();
            }
        }
    }

    private static void logFailure(@Nullable StreamEvent event, @Nullable Throwable failure) {
        if (failure != null && !(failure instanceof SendRolledBackException)) {
            LOG.log(Level.ERROR, "A message that was fired at the end of a transaction was not stored", failure);
        }
    }

    /**
     * Stores messages in a transaction of their own, all or none, and waits for it.
     *
     * @throws EventStreamException if they were not stored, or may not have been
     */
    public List<StreamEvent> store(List<EncodedMessage> messages) {
        try {
            return stored.append(messages).join().stream()
                    .map(ReliableMessages::event)
                    .toList();
        } catch (CompletionException e) {
            if (e.getCause() instanceof EventStreamException reason) {
                throw reason;
            }
            throw e;
        }
    }

    /** {@return where channels are now, whatever transaction the caller is in} */
    public LastEventId newest(Collection<String> channels) {
        return LastEventId.of(channels.isEmpty() ? Map.of() : stored.newest(channels));
    }

    private void append(EncodedMessage message, Outcome outcome) {
        var unused = stored.append(List.of(message))
                .whenComplete(
                        (events, failure) -> outcome.tell(failure == null ? event(events.get(0)) : null, failure));
    }

    private static StreamEvent event(StoredEvent event) {
        return new StreamEvent(event.channel(), OptionalLong.of(event.number()), event.type(), event.data());
    }

    /** Stored after the commit, where the storage knows nothing of transactions. */
    private class Appended implements CallersTransaction.Pending {

        final EncodedMessage message;
        final Outcome outcome;

        Appended(EncodedMessage message, Outcome outcome) {
            this.message = message;
            this.outcome = outcome;
        }

        @Override
        public void committed() {
            outcome.transactionEnded();
            append(message, outcome);
        }

        @Override
        public void rolledBack() {
            outcome.tell(null, new SendRolledBackException(message.channel()));
        }
    }

    /** Stored with the caller's own rows; after the commit only its number is missing. */
    private final class Joined extends Appended {

        private final long key;

        Joined(EncodedMessage message, long key, Outcome outcome) {
            super(message, outcome);
            this.key = key;
        }

        @Override
        public void committed() {
            outcome.transactionEnded();
            var unused = stored.committed(message.channel(), key)
                    .whenComplete((number, failure) -> outcome.tell(
                            failure == null
                                    ? new StreamEvent(
                                            message.channel(), OptionalLong.of(number), message.type(), message.data())
                                    : null,
                            failure));
        }
    }
}
