package io.eventstream.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.eventstream.api.LastEventId;
import io.eventstream.it.BusinessSender.Outcome;
import io.eventstream.testing.SseParser.Event;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.io.StringReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Four senders and some clients of one application, and what must hold of them whatever happens meanwhile. */
final class BusinessTraffic implements AutoCloseable {

    private static final List<String> CHANNELS = List.of("a", "b");
    private static final int PARTS = 3;
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    private final BusinessDatabase database;
    private final List<ReturningClient> clients;
    private final List<BusinessSender> senders;

    /** Begins. */
    BusinessTraffic(URI base, BusinessDatabase database, int clients) {
        this.database = database;
        var http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
        URI stream = URI.create(base + "/events?channel=a&channel=b&lastEventId=earliest");
        this.clients = IntStream.range(0, clients)
                .mapToObj(i -> new ReturningClient(http, stream))
                .toList();
        this.senders = List.of(
                BusinessSender.overHttp(http, base, "http0"),
                BusinessSender.overHttp(http, base, "http1"),
                BusinessSender.inTransactions(http, base, "business0"),
                BusinessSender.inTransactions(http, base, "business1"));
    }

    List<ReturningClient> clients() {
        return clients;
    }

    List<BusinessSender> senders() {
        return senders;
    }

    /** Waits until each sender has had so many acknowledgements more. */
    void awaitAcknowledged(int more) {
        Map<BusinessSender, Integer> before = new HashMap<>();
        senders.forEach(sender -> before.put(sender, sender.acknowledged()));
        await("acknowledgements")
                .atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(2))
                .until(() -> senders.stream().allMatch(sender -> sender.acknowledged() >= before.get(sender) + more));
    }

    /** Ends the senders, lets everything arrive, and looks at all of it. */
    void verify() {
        senders.forEach(BusinessSender::close);
        await("numbers").atMost(PATIENCE).until(database::allNumbered);
        Map<String, List<String>> stored = new HashMap<>();
        CHANNELS.forEach(channel -> stored.put(channel, withoutQuotes(database.events(channel))));
        int all = stored.values().stream().mapToInt(List::size).sum();
        await("all events at all clients")
                .atMost(PATIENCE)
                .untilAsserted(() -> assertThat(clients)
                        .allSatisfy(client -> assertThat(client.events()).hasSizeGreaterThanOrEqualTo(all)));
        clients.forEach(client -> verifyClient(client.events(), stored));
        verifyStored(stored);
        senders.stream().filter(BusinessSender::isOverHttp).forEach(sender -> verifyIds(sender, stored));
    }

    /** As JSON it has them. */
    private static List<String> withoutQuotes(List<String> data) {
        return data.stream().map(text -> text.replace("\"", "")).toList();
    }

    /** A client has seen exactly what is stored, each event with the next number of its channel. */
    private static void verifyClient(List<Event> events, Map<String, List<String>> stored) {
        Map<String, Long> positions = new HashMap<>();
        CHANNELS.forEach(channel -> positions.put(channel, 0L));
        for (Event event : events) {
            Map<String, Long> next = new HashMap<>(positions);
            LastEventId.parse(event.lastEventId())
                    .positions()
                    .forEach((channel, position) -> next.put(channel, Long.parseLong(position)));
            List<String> moved = CHANNELS.stream()
                    .filter(channel -> !next.get(channel).equals(positions.get(channel)))
                    .toList();
            assertThat(moved).as("the channel of %s after %s", event, positions).hasSize(1);
            String channel = moved.get(0);
            assertThat(next.get(channel)).as("%s after %s", event, positions).isEqualTo(positions.get(channel) + 1);
            assertThat(event.type()).as("%s", event).isEqualTo("message");
            assertThat(event.data().replace("\"", ""))
                    .as("%s", event)
                    .isEqualTo(stored.get(channel).get(Math.toIntExact(positions.get(channel))));
            positions.putAll(next);
        }
    }

    /** All parts or none, what was acknowledged, in the order in which it was sent, and rows and events together. */
    private void verifyStored(Map<String, List<String>> stored) {
        Map<String, List<String>> parts = new HashMap<>();
        for (String channel : CHANNELS) {
            Map<String, Integer> last = new HashMap<>();
            for (String data : stored.get(channel)) {
                String[] name = data.split("/");
                int order = Integer.parseInt(name[1]) * PARTS + Integer.parseInt(name[2]);
                Integer before = last.put(name[0], order);
                assertThat(order).as("%s in channel %s", data, channel).isGreaterThan(before == null ? -1 : before);
                parts.computeIfAbsent(name[0] + "/" + name[1], key -> new ArrayList<>())
                        .add(name[2]);
            }
        }
        assertThat(parts).allSatisfy((name, of) -> assertThat(of).as(name).containsExactlyInAnyOrder("0", "1", "2"));
        assertThat(parts.keySet()).containsAll(acknowledged());
        assertThat(parts.keySet().stream().filter(name -> name.startsWith("business")))
                .containsExactlyInAnyOrderElementsOf(database.business());
    }

    private List<String> acknowledged() {
        return senders.stream()
                .flatMap(sender -> sender.outcomes().stream())
                .filter(Outcome::acknowledged)
                .map(Outcome::name)
                .toList();
    }

    /** The ids that the publisher was told are those of its messages. */
    private static void verifyIds(BusinessSender sender, Map<String, List<String>> stored) {
        sender.outcomes().stream().filter(Outcome::acknowledged).forEach(outcome -> {
            List<JsonObject> told = told(outcome.text());
            assertThat(told).hasSize(PARTS);
            for (int part = 0; part < PARTS; part++) {
                JsonObject one = told.get(part);
                assertThat(stored.get(one.getString("channel")).get(one.getInt("id") - 1))
                        .isEqualTo(outcome.name() + "/" + part);
            }
        });
    }

    private static List<JsonObject> told(String text) {
        try (var reader = Json.createReader(new StringReader(text))) {
            return reader.readArray().getValuesAs(JsonObject.class);
        }
    }

    @Override
    public void close() {
        Stream.concat(senders.stream(), clients.stream()).forEach(BusinessTraffic::closeOne);
    }

    private static void closeOne(AutoCloseable one) {
        try {
            one.close();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }
}
