package io.eventstream.storage;

import io.eventstream.api.StorageRefusedException;
import io.eventstream.api.StorageUnavailableException;
import io.eventstream.config.EventStreamConfig;
import io.eventstream.config.RedisSettings;
import io.eventstream.server.ServerObjects;
import io.eventstream.spi.EventStorage;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;
import jakarta.enterprise.inject.spi.DeploymentException;
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
            case REDIS -> config.redis().map(StorageProducer::redis);
        };
    }

    @Produces
    @Singleton
    ChannelRetention retention() {
        return new ChannelRetention(config.storage());
    }

    /** Ends connections that are the storage's own. */
    void close(@Disposes Optional<EventStorage> storage) throws Exception {
        if (storage.orElse(null) instanceof AutoCloseable closeable) {
            closeable.close();
        }
    }

    private static EventStorage redis(RedisSettings settings) {
        try {
            return RedisEventStorage.open(settings);
        } catch (StorageUnavailableException e) {
            throw redisRefusal("Redis cannot be used; start it before the application. It is " + settings, e);
        } catch (StorageRefusedException | IllegalStateException e) {
            throw redisRefusal(String.valueOf(e.getMessage()), e);
        }
    }

    private static DeploymentException redisRefusal(String reason, RuntimeException cause) {
        return new DeploymentException("EventStream cannot start with eventstream.storage = redis: " + reason, cause);
    }

    @SuppressWarnings("BanJNDI") // a name of the application's settings
    private EventStorage jpa() {
        var unit = new PersistenceUnit(config.storage().emf(), InitialContext::doLookup);
        var transactions = new JtaTransactions(unit.find(), newTransaction, ServerObjects.transactions());
        try {
            if (config.storage().createTables()) {
                Tables.makeIfMissing(transactions);
            }
            return JpaEventStorage.open(transactions, config.postgresql().lockLimit());
        } catch (StorageUnavailableException e) {
            throw unit.withoutDatabase(e);
        } catch (StorageRefusedException e) {
            throw unit.withoutTables(e);
        }
    }
}
