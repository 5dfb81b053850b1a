package io.eventstream.storage;

import io.eventstream.api.StorageRefusedException;
import io.eventstream.api.StorageUnavailableException;
import io.eventstream.config.EventStreamConfig;
import io.eventstream.server.ServerObjects;
import io.eventstream.spi.EventStorage;
import io.eventstream.spi.Retention;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.Optional;
import javax.naming.InitialContext;

/** The storage that the settings ask for, made once while the application starts ({@link StoredMessages}). */
@ApplicationScoped
class StorageProducer {

    private final EventStreamConfig config;
    private final NewTransaction newTransaction;

    /** For the CDI client proxy only. */
    @SuppressWarnings("NullAway")
    StorageProducer() {
        this(null, null);
    }

    @Inject
    StorageProducer(EventStreamConfig config, NewTransaction newTransaction) {
        this.config = config;
        this.newTransaction = newTransaction;
    }

    /** Empty where no channel is reliable. */
    @Produces
    @Singleton
    Optional<EventStorage> storage() {
        return switch (config.storage().kind()) {
            case NONE -> Optional.empty();
            case JPA -> Optional.of(jpa());
            case REDIS -> throw new IllegalStateException("There is no storage in Redis");
        };
    }

    @Produces
    @Singleton
    Retention retention() {
        return new ChannelRetention(config.storage());
    }

    @SuppressWarnings("BanJNDI") // a name of the application's settings
    private EventStorage jpa() {
        var unit = new PersistenceUnit(config.storage().emf(), InitialContext::doLookup);
        var transactions = new JtaTransactions(unit.find(), newTransaction, ServerObjects.transactions());
        try {
            return JpaEventStorage.open(transactions);
        } catch (StorageUnavailableException e) {
            throw unit.withoutDatabase(e);
        } catch (StorageRefusedException e) {
            throw unit.withoutTables(e);
        }
    }
}
