package io.eventstream.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.eventstream.testapp.TestWars;
import io.eventstream.testing.Container;
import io.eventstream.testing.ContainerTest;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;

/** Sending to reliable channels, with a persistence unit of the application's. */
@ContainerTest
@TestInstance(Lifecycle.PER_CLASS)
class StoredTransactionsIT extends TransactionsContract {

    private static final String CHANNEL = "door1";

    /** How many there were: a node that sees its storage shrink takes it for a loss, so nothing is cleared. */
    private int before;

    StoredTransactionsIT(Container container) {
        super(container.deploy(TestWars.withStorage("sending-stored")
                .with(SendingBean.class, SendingResource.class, SleepersResource.class)
                .archive()));
    }

    /** Or it would take it for a loss when another test empties the tables that they share. */
    @AfterAll
    void undeploy() {
        application.close();
    }

    @Override
    void lookAtWhatIsThere() {
        before = control.stored(CHANNEL).size();
    }

    /** Or its stream would see another test empty the same database. */
    @Override
    void leaveNothingOpen() {
        control.endStreams();
    }

    @Override
    String idOfFirst() {
        return "OptionalLong[" + (before + 1) + "]";
    }

    /** {@return rows since then, their numbers counted from there} */
    private List<String> stored() {
        return control.stored(CHANNEL).stream()
                .skip(before)
                .map(row -> row.split("=", 2))
                .map(row -> (row[0].equals("null") ? "none" : Integer.parseInt(row[0]) - before) + "=" + row[1])
                .toList();
    }

    private void awaitStored(String... rows) {
        await().untilAsserted(() -> assertThat(stored()).containsExactly(rows));
    }

    @Nested
    class TheRows {

        @Test
        void areWrittenWithTheTransactionAndNumberedAfterIt() {
            var call = CompletableFuture.supplyAsync(() -> call("fireAndWait"));
            call("await-fired");
            assertThat(stored()).isEmpty();
            call("go-on");

            assertThat(call.join()).isEqualTo("done");
            awaitStored("1=1");
        }

        @Test
        void areStoredWhenFireReturnsOutsideOfATransaction() {
            var call = CompletableFuture.supplyAsync(() -> call("fireWithoutTransaction"));
            call("await-fired");

            assertThat(stored()).containsExactly("1=1");
            call("go-on");
            call.join();
        }

        @Test
        void areNumberedInTheOrderOfASender() {
            call("fireInOrder?count=3");

            awaitStored("1=1", "2=2", "3=3");
        }

        @Test
        void areGoneAfterARollback() {
            call("fireAndMarkForRollback");
            call("fireAndFail");
            call("markForRollbackAndFire");
            control.send(CHANNEL, "next");

            assertThat(stored()).containsExactly("1=\"next\"");
        }

        @Test
        void areThoseOfTheInnerTransactionWhereTheOuterRollsBack() {
            call("fireInInnerTransactionAndRollBack");

            awaitStored("1=\"inner 1\"", "2=\"inner 2\"");
        }
    }

    @Nested
    class TwentyTransactions {

        /** All of them are open at once after they have sent, so none has waited for another's commit. */
        @Test
        void doNotWaitForEachOtherBecauseTheySendOnTheSameChannel() {
            assertThat(post("/sleepers/sending?count=20")).isEqualTo("20 met");
            await().untilAsserted(
                            () -> assertThat(control.stored("same").stream().filter(row -> row.matches("\\d+=\"met\"")))
                                    .hasSize(20));
        }

        /** What would happen if the channel's counter were locked until the commit: that the test above can fail. */
        @Test
        void waitForEachOtherWhereEachLocksTheCounter() {
            control.send("same", "so that there is a counter");

            assertThat(post("/sleepers/locking?count=2")).isEqualTo("0 met");
        }
    }

    @Test
    void sendsToUnreliableChannelsWithoutStoring() {
        control.send("unrel", 1);

        assertThat(control.stored("unrel")).isEqualTo(List.of());
    }
}
