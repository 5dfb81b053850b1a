package io.eventstream.it;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Sends one thing after the other, whatever became of the one before, on a thread of its own: over HTTP, or by business
 * transactions. Each is three messages, {@code name/count/part}: two to channel a, and between them one to channel b. Safe for
 * use by many threads.
 */
final class BusinessSender implements AutoCloseable {

    static final String TOKEN = "token-of-the-test";

    /** Who is told that it does not work now tries again later. */
    private static final long PAUSE_MILLIS = 50;

    /**
     * What the application answered.
     *
     * @param status 0 where there was no answer
     */
    record Outcome(String name, int status, String retryAfter, String text) {

        boolean acknowledged() {
            return status == 200 || status == 204;
        }
    }

    private final HttpClient http;
    private final URI base;
    private final String name;
    private final boolean overHttp;
    private final List<Outcome> outcomes = new ArrayList<>();
    private final CountDownLatch stopped = new CountDownLatch(1);
    private final Thread thread = new Thread(this::run, "business-sender");

    private BusinessSender(HttpClient http, URI base, String name, boolean overHttp) {
        this.http = http;
        this.base = base;
        this.name = name;
        this.overHttp = overHttp;
        thread.setDaemon(true);
        thread.start();
    }

    /** Sends by requests of {@code POST /events}. */
    static BusinessSender overHttp(HttpClient http, URI base, String name) {
        return new BusinessSender(http, base, name, true);
    }

    /** Sends by business transactions. */
    static BusinessSender inTransactions(HttpClient http, URI base, String name) {
        return new BusinessSender(http, base, name, false);
    }

    private void run() {
        try {
            for (int count = 0; stopped.getCount() > 0; count++) {
                Outcome outcome = send(name + "/" + count);
                synchronized (outcomes) {
                    outcomes.add(outcome);
                }
                if (!outcome.acknowledged() && stopped.await(PAUSE_MILLIS, TimeUnit.MILLISECONDS)) {
                    return;
                }
            }
        } catch (InterruptedException e) {
            // Nobody waits for it any more.
        }
    }

    private Outcome send(String what) throws InterruptedException {
        try {
            HttpResponse<String> answer = http.send(overHttp ? publish(what) : business(what), BodyHandlers.ofString());
            String retryAfter = answer.headers().firstValue("Retry-After").orElse("");
            return new Outcome(what, answer.statusCode(), retryAfter, answer.body());
        } catch (IOException e) {
            return new Outcome(what, 0, "", e.toString());
        }
    }

    private HttpRequest publish(String what) {
        String body = """
                [{"channel": "a", "data": "%1$s/0"}, {"channel": "b", "data": "%1$s/1"}, {"channel": "a", "data": "%1$s/2"}]
                """.formatted(what);
        return HttpRequest.newBuilder(URI.create(base + "/events"))
                .header("Authorization", "Bearer " + TOKEN)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(body))
                .build();
    }

    private HttpRequest business(String what) {
        return HttpRequest.newBuilder(URI.create(base + "/business"))
                .header("Content-Type", "text/plain")
                .POST(BodyPublishers.ofString(what))
                .build();
    }

    String name() {
        return name;
    }

    boolean isOverHttp() {
        return overHttp;
    }

    /** {@return what became of all it has sent so far, in that order} */
    List<Outcome> outcomes() {
        synchronized (outcomes) {
            return List.copyOf(outcomes);
        }
    }

    /** {@return how many of them are stored for certain} */
    int acknowledged() {
        return (int) outcomes().stream().filter(Outcome::acknowledged).count();
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
