package io.eventstream.storage;

import io.eventstream.contract.StorageUnderTest;
import io.eventstream.spi.EventStorage;
import jakarta.persistence.EntityManagerFactory;
import jakarta.persistence.Persistence;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Nodes with a persistence unit each, as servers have it: none sees another's caches. */
final class JpaNodes implements StorageUnderTest {

    /** Longer than any test stops a node that is not meant to hang. */
    static final Duration LOCK_LIMIT = Duration.ofMinutes(1);

    private final List<EntityManagerFactory> units = new ArrayList<>();
    private final List<LocalTransactions> transactions = new ArrayList<>();
    private final List<EventStorage> nodes = new ArrayList<>();

    JpaNodes(JpaUnit unit) {
        unit.createSchema();
        for (int node = 0; node < NODES; node++) {
            EntityManagerFactory factory = unit.open();
            var own = new LocalTransactions(factory);
            units.add(factory);
            transactions.add(own);
            nodes.add(JpaEventStorage.open(own, LOCK_LIMIT));
        }
    }

    LocalTransactions transactions(int node) {
        return transactions.get(node);
    }

    @Override
    public EventStorage node(int index) {
        return nodes.get(index);
    }

    @Override
    public BusinessTransaction begin(int node) {
        return transactions.get(node).begin();
    }

    @Override
    public void age(String channel, long upTo, Duration by) {
        transactions.get(0).own(em -> {
            em.createNativeQuery("UPDATE eventstream_channel SET oldest_at = oldest_at - ?1 WHERE channel = ?2")
                    .setParameter(1, by.toMillis())
                    .setParameter(2, channel)
                    .executeUpdate();
            List<?> keys = em.createNativeQuery(
                            "SELECT row_key FROM eventstream_event WHERE channel = ?1 AND event_number <= ?2")
                    .setParameter(1, channel)
                    .setParameter(2, upTo)
                    .getResultList();
            // By key: a range would wait for the rows of open business transactions on InnoDB, as nothing of ours may.
            keys.forEach(key -> em.createNativeQuery(
                            "UPDATE eventstream_event SET numbered_at = numbered_at - ?1 WHERE row_key = ?2")
                    .setParameter(1, by.toMillis())
                    .setParameter(2, key)
                    .executeUpdate());
            return keys.size();
        });
    }

    @Override
    public void close() {
        units.forEach(EntityManagerFactory::close);
    }

    /** A provider and a database. */
    record JpaUnit(String provider, String url, SchemaSource schema) {

        /** In the two ways that the specification has (Jakarta Persistence 3.1, 9.4). */
        void createSchema() {
            Map<String, Object> properties = properties();
            properties.put("jakarta.persistence.schema-generation.database.action", "create");
            if (schema == SchemaSource.SCRIPT) {
                properties.put("jakarta.persistence.schema-generation.create-source", "script");
                properties.put(
                        "jakarta.persistence.schema-generation.create-script-source",
                        "META-INF/eventstream/" + url.split(":")[1] + ".sql");
            }
            Persistence.generateSchema(provider, properties);
        }

        JpaUnit withOtherSchema(String otherUrl) {
            return new JpaUnit(
                    provider, otherUrl, schema == SchemaSource.SCRIPT ? SchemaSource.ENTITIES : SchemaSource.SCRIPT);
        }

        EntityManagerFactory open() {
            return Persistence.createEntityManagerFactory(provider, properties());
        }

        private Map<String, Object> properties() {
            Map<String, Object> properties = new HashMap<>();
            properties.put("jakarta.persistence.jdbc.url", url);
            return properties;
        }
    }

    /** Where the tables come from. */
    enum SchemaSource {
        ENTITIES,
        SCRIPT
    }
}
