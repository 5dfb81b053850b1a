package io.eventstream.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.eventstream.testapp.TestWars;
import io.eventstream.testing.Container;
import io.eventstream.testing.ContainerTest;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** Sending to reliable channels, with a persistence unit of the application's. */
@ContainerTest
class StoredTransactionsIT extends TransactionsContract {

    private static final String CHANNEL = "door1";

    StoredTransactionsIT(Container container) {
        super(
                container,
                TestWars.withStorage("sending-stored")
                        .with(SendingBean.class, SendingResource.class, SleepersResource.class));
    }

    @Override
    void clear() {
        control.clearStorage();
    }

    @Override
    String idOfFirst() {
        return "OptionalLong[1]";
    }

    private void awaitStored(String... rows) {
        await().untilAsserted(() -> assertThat(control.stored(CHANNEL)).containsExactly(rows));
    }

    @Nested
    class TheRows {

        @Test
        void areWrittenWithTheTransactionAndNumberedAfterIt() {
            var call = CompletableFuture.supplyAsync(() -> call("fireAndWait"));
            call("await-fired");
            assertThat(control.stored(CHANNEL)).isEmpty();
            call("go-on");

            assertThat(call.join()).isEqualTo("done");
            awaitStored("1=1");
        }

        @Test
        void areStoredWhenFireReturnsOutsideOfATransaction() {
            var call = CompletableFuture.supplyAsync(() -> call("fireWithoutTransaction"));
            call("await-fired");

            assertThat(control.stored(CHANNEL)).containsExactly("1=1");
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

            assertThat(control.stored(CHANNEL)).containsExactly("1=\"next\"");
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
            await().untilAsserted(() ->
                    assertThat(control.stored("same")).hasSize(20).allMatch(row -> row.endsWith("met\"")));
            assertThat(control.stored("same")).noneMatch(row -> row.startsWith("null"));
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
