package io.eventstream.chaos;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.io.StringReader;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Sends to one channel by one node, one message after the other, whatever became of the one before, on a thread of its own.
 * Each is {@code name/count}, and is sent once only.
 */
final class Publisher implements AutoCloseable {

    static final String TOKEN = "token";

    /** Longer than a healthy node ever takes, shorter than the pause of a frozen one. */
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final HttpClient http;
    private final URI address;
    private final String name;
    private final Ledger ledger;
    private final Duration pause;
    private final CountDownLatch stopped = new CountDownLatch(1);
    private final Thread thread = new Thread(this::run, "publisher");
    private volatile int acknowledged;

    Publisher(HttpClient http, URI base, String channel, String name, Duration pause, Ledger ledger) {
        this.http = http;
        this.address = URI.create(base + "/events/" + channel);
        this.name = name;
        this.pause = pause;
        this.ledger = ledger;
        thread.setDaemon(true);
        thread.start();
    }

    private void run() {
        try {
            int count = 0;
            do {
                send(new Message(name, count));
                count++;
            } while (!stopped.await(pause.toMillis(), TimeUnit.MILLISECONDS));
        } catch (InterruptedException e) {
            // Nobody waits for it any more.
        }
    }

    private void send(Message message) throws InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(address)
                .header("Authorization", "Bearer " + TOKEN)
                .header("Content-Type", "text/plain")
                .timeout(PATIENCE)
                .POST(BodyPublishers.ofString(message.toString()))
                .build();
        try {
            HttpResponse<String> answer = http.send(request, BodyHandlers.ofString());
            switch (answer.statusCode()) {
                case 200 -> acknowledged(message, answer.body());
                // Of the server, which does not have the application, or of the application: docs/http.md.
                case 404, 503 -> ledger.refused(message);
                default -> ledger.unanswered(message);
            }
        } catch (ConnectException e) {
            ledger.refused(message);
        } catch (IOException e) {
            ledger.unanswered(message);
        }
    }

    private void acknowledged(Message message, String answer) {
        try (var reader = Json.createReader(new StringReader(answer))) {
            JsonObject told = reader.readObject();
            ledger.acknowledged(message, told.getString("channel"), told.getInt("id"));
            acknowledged++;
        }
    }

    /** {@return how many of its messages are acknowledged} */
    int acknowledged() {
        return acknowledged;
    }

    /** Ends after what is on its way. */
    @Override
    public void close() {
        stopped.countDown();
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
