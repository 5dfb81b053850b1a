package io.eventstream.chaos;

import static org.awaitility.Awaitility.await;

import java.net.URI;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Publishers on every node, a channel each, and clients that listen to two channels each, on any node. */
final class Traffic implements AutoCloseable {

    private static final int CHANNELS = 4;
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final Ledger ledger = new Ledger();
    private final List<Publisher> publishers = new ArrayList<>();
    private final List<Client> clients = new ArrayList<>();

    /** Begins; returns once all clients have a stream. */
    Traffic(List<URI> bases, int clientCount, Duration pause) {
        var http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
        for (int i = 0; i < clientCount; i++) {
            List<String> channels = List.of(Ledger.channel(i % CHANNELS), Ledger.channel((i + 1) % CHANNELS));
            clients.add(new Client(http, bases, i, channels));
        }
        await("streams").atMost(PATIENCE).until(() -> clients.stream().allMatch(client -> client.opened() > 0));
        for (int node = 0; node < bases.size(); node++) {
            for (int channel = 0; channel < CHANNELS; channel++) {
                publishers.add(new Publisher(
                        http,
                        bases.get(node),
                        Ledger.channel(channel),
                        Ledger.publisher(node, channel),
                        pause,
                        ledger));
            }
        }
    }

    Ledger ledger() {
        return ledger;
    }

    List<Publisher> publishers() {
        return publishers;
    }

    List<Client> clients() {
        return clients;
    }

    /** Waits until each publisher has had so many acknowledgements more. */
    void awaitAcknowledged(int more) {
        Map<Publisher, Integer> before = new HashMap<>();
        publishers.forEach(publisher -> before.put(publisher, publisher.acknowledged()));
        await("acknowledgements")
                .atMost(PATIENCE)
                .until(() -> publishers.stream()
                        .allMatch(publisher -> publisher.acknowledged() >= before.get(publisher) + more));
    }

    /** Waits until all clients have what is acknowledged by now. */
    void awaitDelivered() {
        awaitDelivered(ledger.heads());
    }

    /** Waits until all clients have so many events of each channel. */
    void awaitDelivered(Map<String, Long> heads) {
        await("events at all clients")
                .atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(50))
                .until(() -> clients.stream().allMatch(client -> client.hasReached(heads)));
    }

    void stopPublishing() {
        publishers.forEach(Publisher::close);
    }

    @Override
    public void close() {
        stopPublishing();
        clients.forEach(Client::close);
    }
}
