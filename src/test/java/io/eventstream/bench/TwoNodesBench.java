package io.eventstream.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Events a second that are stored and delivered, by one node, and by two that share the senders and the clients. Arguments:
 * the addresses of both nodes, the token, seconds, rounds.
 */
final class TwoNodesBench {

    private static final int SENDERS = 16;
    private static final int CLIENTS = 32;
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    // With HTTP/2 all would share one connection to a node.
    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final String token;
    private final Duration time;

    private TwoNodesBench(String token, Duration time) {
        this.token = token;
        this.time = time;
    }

    public static void main(String[] args) throws Exception {
        String first = args[0];
        String second = args[1];
        var bench = new TwoNodesBench(args[2], Duration.ofSeconds(Long.parseLong(args[3])));
        bench.run(List.of(first, second)); // both are warm then
        for (int round = Integer.parseInt(args[4]); round > 0; round--) {
            double one = bench.run(List.of(first));
            double two = bench.run(List.of(first, second));
            System.out.printf(Locale.ROOT, "one node %.0f events/s, two nodes %.0f: %.2f times%n", one, two, two / one);
        }
        System.exit(0);
    }

    private double run(List<String> nodes) throws Exception {
        String channel = "two-nodes-" + System.nanoTime();
        var opened = new CountDownLatch(CLIENTS);
        List<AtomicLong> received = new ArrayList<>();
        List<Thread> clients = new ArrayList<>();
        for (int i = 0; i < CLIENTS; i++) {
            var count = new AtomicLong();
            received.add(count);
            String node = nodes.get(i % nodes.size());
            clients.add(started(() -> listen(node + "/events/" + channel, opened, count)));
        }
        opened.await();
        long end = System.nanoTime() + time.toNanos();
        var sent = new AtomicLong();
        List<Thread> senders = new ArrayList<>();
        for (int i = 0; i < SENDERS; i++) {
            String node = nodes.get(i % nodes.size());
            senders.add(started(() -> send(node + "/events/" + channel, end, sent)));
        }
        for (Thread sender : senders) {
            sender.join();
        }
        awaitAll(received, sent.get());
        clients.forEach(Thread::interrupt);
        return sent.get() / (double) time.toSeconds();
    }

    private static Thread started(Runnable work) {
        var thread = new Thread(work);
        thread.setDaemon(true);
        thread.start();
        return thread;
    }

    private void listen(String url, CountDownLatch opened, AtomicLong count) {
        try (var lines = new BufferedReader(new InputStreamReader(
                http.send(HttpRequest.newBuilder(URI.create(url)).build(), BodyHandlers.ofInputStream())
                        .body(),
                StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (line.equals("event: stream-open")) {
                    opened.countDown();
                } else if (line.startsWith("data: {\"n\"")) {
                    count.incrementAndGet();
                }
            }
        } catch (IOException e) {
            // The run is over, or it misses events.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void send(String url, long end, AtomicLong sent) {
        HttpRequest request = HttpRequest.newBuilder(URI.create(url))
                .header("Authorization", "Bearer " + token)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString("{\"n\":\"" + "x".repeat(90) + "\"}"))
                .build();
        try {
            while (System.nanoTime() < end) {
                int status = http.send(request, BodyHandlers.discarding()).statusCode();
                if (status != 200) {
                    throw new IllegalStateException("The node answered " + status);
                }
                sent.incrementAndGet();
            }
        } catch (IOException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void awaitAll(List<AtomicLong> received, long sent) throws InterruptedException {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (received.stream().anyMatch(count -> count.get() != sent)) {
            if (System.nanoTime() > end) {
                throw new IllegalStateException("Of " + sent + " events clients have " + received);
            }
            Thread.sleep(10);
        }
    }
}
