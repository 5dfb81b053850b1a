package io.eventstream.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.eventstream.testapp.Control;
import io.eventstream.testing.Deployed;
import io.eventstream.testing.RawHttp;
import io.eventstream.testing.SseParser.Event;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** Door 1: what is sent inside a transaction of the server follows that transaction, with storage and without. */
abstract class TransactionsContract {

    private static final Duration QUIET = Duration.ofMillis(300);
    private static final String LAST = "\"last\"";

    final Deployed application;
    final URI base;
    private RawHttp client;
    Control control;

    TransactionsContract(Deployed application) {
        this.application = application;
        this.base = application.base();
    }

    /** {@return the id of the first event that a test sends, as text} */
    abstract String idOfFirst();

    @BeforeEach
    void listen() {
        control = new Control(base);
        lookAtWhatIsThere();
        client = RawHttp.get(base, "/events?channel=door1").awaitOpen();
    }

    /** Before a test. */
    void lookAtWhatIsThere() {}

    /** After a test. */
    void leaveNothingOpen() {}

    @AfterEach
    void stop() {
        client.close();
        leaveNothingOpen();
        control.close();
    }

    final String call(String method) {
        return post("/sending/" + method);
    }

    /** {@return what the application answers} */
    final String post(String path) {
        try (var request = RawHttp.connect(base)) {
            return request.request("POST", path, Map.of(), "").awaitEnd().text();
        }
    }

    /** {@return the data of all events until one that is sent now, so of all that have been delivered before} */
    private List<String> delivered() {
        control.send("door1", "last");
        return client.awaitText(LAST).events().stream()
                .map(Event::data)
                .filter(data -> !data.equals(LAST))
                .toList();
    }

    @Test
    void aMessageIsDeliveredAfterTheCommitAndNotBefore() {
        var call = CompletableFuture.supplyAsync(() -> call("fireAndWait"));
        call("await-fired");
        assertThat(client.readFor(QUIET).events()).isEmpty();
        call("go-on");

        assertThat(client.awaitEvents(1).events()).extracting(Event::data).containsExactly("1");
        assertThat(call.join()).isEqualTo("done");
    }

    @Test
    void aMessageOutsideOfATransactionIsDeliveredAtOnce() {
        var call = CompletableFuture.supplyAsync(() -> call("fireWithoutTransaction"));
        call("await-fired");

        assertThat(client.awaitEvents(1).events()).extracting(Event::data).containsExactly("1");
        assertThat(call).isNotDone();
        call("go-on");
        call.join();
    }

    @Test
    void messagesOfOneTransactionKeepTheirOrder() {
        call("fireInOrder?count=200");

        assertThat(client.awaitEvents(200).events())
                .extracting(event -> Integer.parseInt(event.data()))
                .containsExactlyElementsOf(IntStream.rangeClosed(1, 200).boxed().toList());
    }

    @Nested
    class ARollback {

        @Test
        void leavesNothingWhenMarkedAfterwards() {
            call("fireAndMarkForRollback");

            assertThat(delivered()).isEmpty();
        }

        @Test
        void leavesNothingWhenMarkedBefore() {
            call("markForRollbackAndFire");

            assertThat(delivered()).isEmpty();
        }

        @Test
        void leavesNothingWhenAnExceptionCausesIt() {
            assertThat(call("fireAndFail")).isEqualTo("failed");

            assertThat(delivered()).isEmpty();
        }

        @Test
        void leavesWhatAnInnerTransactionCommitted() {
            call("fireInInnerTransactionAndRollBack");

            assertThat(delivered()).containsExactly("\"inner 1\"", "\"inner 2\"");
        }

        @Test
        void leavesWhatWasFiredAsynchronously() {
            call("fireAsyncAndRollBack");

            assertThat(client.awaitEvents(1).events()).extracting(Event::data).containsExactly("\"async\"");
        }
    }

    @Nested
    class TheStageOfSend {

        @Test
        void isCompletedAfterTheCommitAndRefusesToBeWaitedForBefore() {
            assertThat(call("sendAndCommit")).isEqualTo("refused to wait, door1, id " + idOfFirst());
            assertThat(delivered()).containsExactly("\"sent\"");
        }

        @Test
        void failsAfterARollback() {
            assertThat(call("sendAndRollBack")).isEqualTo("refused to wait, rolled back");
            assertThat(delivered()).isEmpty();
        }
    }
}
