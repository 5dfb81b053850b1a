package io.eventstream.testapp;

import io.eventstream.broadcast.ChannelBroadcasterRegistry;
import io.eventstream.spi.EventStorage;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.spi.CDI;
import jakarta.inject.Inject;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.transaction.Transactional;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import java.io.StringReader;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/** What a test does to the application's storage, with its unit. */
@Path("storage")
@ApplicationScoped
public class TestStorage {

    private static final Duration RETENTION = Duration.ofHours(24);

    private final Optional<EventStorage> storage;
    private final ChannelBroadcasterRegistry registry;
    private final Set<String> kept = ConcurrentHashMap.newKeySet();

    @PersistenceContext(unitName = "app")
    EntityManager em;

    /** For the CDI client proxy; public, as JAX-RS wants it. */
    public TestStorage() {
        this(Optional.empty(), null);
    }

    @Inject
    TestStorage(Optional<EventStorage> storage, ChannelBroadcasterRegistry registry) {
        this.storage = storage;
        this.registry = registry;
    }

    /** From now on a channel is left alone by the next two, since a test that runs beside others listens to it. */
    @POST
    @Path("keep")
    public void keep(String channel) {
        kept.add(channel);
    }

    /** Empty, as if it were new; nobody listens any more, so that no stream is at a number that comes again. */
    @POST
    @Path("clear")
    @Transactional
    public void clear() {
        endStreams();
        for (String channel : others()) {
            em.createNativeQuery("DELETE FROM eventstream_event WHERE channel = ?1")
                    .setParameter(1, channel)
                    .executeUpdate();
            em.createNativeQuery("DELETE FROM eventstream_channel WHERE channel = ?1")
                    .setParameter(1, channel)
                    .executeUpdate();
        }
    }

    /** Nobody listens any more. */
    @POST
    @Path("end-streams")
    @Transactional
    public void endStreams() {
        others().forEach(channel -> registry.broadcaster(channel).close());
    }

    private List<String> others() {
        return em.createQuery("SELECT c.channel FROM EventStreamChannel c", String.class).getResultList().stream()
                .filter(channel -> !kept.contains(channel))
                .toList();
    }

    /** Makes events older, up to an id, and the channel's birth; then purges. */
    @POST
    @Path("age")
    @Transactional(Transactional.TxType.NEVER)
    public void age(String body) {
        try (var reader = Json.createReader(new StringReader(body))) {
            JsonObject step = reader.readObject();
            self().makeOlder(
                            step.getString("channel"),
                            step.getInt("max_id"),
                            Duration.ofMinutes(step.getInt("minutes")));
        }
        storage.orElseThrow().purge(channel -> RETENTION);
    }

    private static TestStorage self() {
        return CDI.current().select(TestStorage.class).get();
    }

    /** In a transaction of its own. */
    @Transactional(Transactional.TxType.REQUIRES_NEW)
    public void makeOlder(String channel, long upTo, Duration by) {
        em.createNativeQuery("UPDATE eventstream_channel SET oldest_at = oldest_at - ?1, born_at = born_at - ?1"
                        + " WHERE channel = ?2")
                .setParameter(1, by.toMillis())
                .setParameter(2, channel)
                .executeUpdate();
        em.createNativeQuery("UPDATE eventstream_event SET numbered_at = numbered_at - ?1"
                        + " WHERE channel = ?2 AND event_number <= ?3")
                .setParameter(1, by.toMillis())
                .setParameter(2, channel)
                .setParameter(3, upTo)
                .executeUpdate();
    }

    /** {@return number and data of each row that is committed} */
    @GET
    @Path("rows")
    @Transactional(Transactional.TxType.REQUIRES_NEW)
    public String rows(@QueryParam("channel") String channel) {
        List<?> rows = em.createQuery("SELECT e.number, e.eventData FROM EventStreamEvent e WHERE e.channel = :channel"
                        + " ORDER BY e.rowKey")
                .setParameter("channel", channel)
                .getResultList();
        return rows.stream()
                .map(Object[].class::cast)
                .map(row -> row[0] + "=" + row[1])
                .collect(Collectors.joining("\n"));
    }

    /** Holds the lock of a channel's counter until others have come. */
    @Transactional
    public void lockAndMeet(String channel, CyclicBarrier others) throws Exception {
        em.createNativeQuery("UPDATE eventstream_channel SET locks = locks + 1 WHERE channel = ?1")
                .setParameter(1, channel)
                .executeUpdate();
        others.await(1, TimeUnit.SECONDS);
    }
}
