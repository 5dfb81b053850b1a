package io.eventstream.storage;

import io.eventstream.spi.StorageIdentity;
import jakarta.persistence.EntityManager;
import jakarta.persistence.Query;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Makes the rows that each node, and each thread of one, may be about to make. Those that are there stay as they are: made as
 * entities they would be an error, which persistence providers log, EclipseLink with its stack. H2, whose rows one node makes,
 * still has it where two threads make one in the same moment.
 */
final class FirstRows {

    private static final String COUNTERS = "eventstream_channel (channel, head, purged, oldest_at, born_at, locks)";

    /** Without the channel. */
    private static final String COUNTER = "?1, ?1, " + ChannelRow.NOTHING + ", ?2, 0";

    private static final String STORAGE = "eventstream_storage (id, uuid, generation, purging_until)";

    private static final int BEFORE_CHANNELS = 2;

    private final Database database;

    FirstRows(Database database) {
        this.database = database;
    }

    /** Counters of channels, with nothing in them yet. */
    void counters(EntityManager em, List<String> channels, Database.Moment now) {
        Database.parts(channels).forEach(some -> {
            Query insert = em.createNativeQuery(counters(some.size()))
                    .setParameter(1, now.generation() * StorageIdentity.NUMBERS)
                    .setParameter(2, now.millis());
            int parameter = BEFORE_CHANNELS;
            for (String channel : some) {
                insert.setParameter(++parameter, channel);
            }
            insert.executeUpdate();
        });
    }

    private String counters(int rows) {
        if (database == Database.H2) {
            return "MERGE INTO eventstream_channel c USING (VALUES " + rows("(CAST(?%d AS VARCHAR))", rows)
                    + ") x(k) ON (c.channel = x.k) WHEN NOT MATCHED THEN"
                    + " INSERT (channel, head, purged, oldest_at, born_at, locks) VALUES (x.k, " + COUNTER + ")";
        }
        return insert(COUNTERS, rows("(?%d, " + COUNTER + ")", rows), "channel = eventstream_channel.channel");
    }

    private static String rows(String row, int count) {
        return IntStream.rangeClosed(1, count)
                .mapToObj(i -> String.format(row, BEFORE_CHANNELS + i))
                .collect(Collectors.joining(", "));
    }

    /** The row of the storage itself. */
    int storage(EntityManager em, UUID uuid) {
        return em.createNativeQuery(insert(STORAGE, "(?1, ?2, 0, 0)", "id = eventstream_storage.id"))
                .setParameter(1, StorageRow.ID)
                .setParameter(2, uuid.toString())
                .executeUpdate();
    }

    /** On MariaDB not IGNORE, which would cut off what does not fit. */
    private String insert(String into, String rows, String nothing) {
        String insert = "INSERT INTO " + into + " VALUES " + rows;
        return switch (database) {
            case POSTGRESQL -> insert + " ON CONFLICT DO NOTHING";
            case MARIADB -> insert + " ON DUPLICATE KEY UPDATE " + nothing;
            case H2 -> insert;
        };
    }
}
