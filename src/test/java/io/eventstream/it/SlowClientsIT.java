package io.eventstream.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.eventstream.testapp.Control;
import io.eventstream.testapp.TestWars;
import io.eventstream.testing.Container;
import io.eventstream.testing.ContainerTest;
import io.eventstream.testing.ManyStreams;
import io.eventstream.testing.StreamOfNumbers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;

/** Clients that stop reading cost the others nothing, and the server no memory and no thread. */
@ContainerTest
@Isolated
class SlowClientsIT {

    private static final int STREAMS = 500;
    private static final int SLOW = 50;
    private static final int FILLING = 64 * 1024;
    private static final int PER_SECOND = 20;
    private static final int SECONDS = 25;
    private static final int MEBIBYTE = 1 << 20;

    private final Container container;

    SlowClientsIT(Container container) {
        this.container = container;
    }

    @Test
    void areEndedAtTheStallLimitWhileTheOthersGetEverything() throws IOException {
        try (var application = container.deploy(TestWars.of("slow")
                        .with("eventstream.stall-limit", "PT5S")
                        .with("eventstream.tail.events", "64")
                        .with("eventstream.tail.bytes", "16777216")
                        .archive());
                var control = new Control(application.base());
                var watch = new Control(application.base());
                var many = ManyStreams.open(application.base(), "/events?channel=slow", STREAMS, FILLING)) {
            List<StreamOfNumbers> healthy = many.streams().subList(SLOW, STREAMS);
            int warmUp = 3 * PER_SECOND;
            load(control, healthy, 0, warmUp);
            long without = percentile(healthy, 0, warmUp);
            List<String> threads = container.jvm().threads();

            many.stopReading(0, SLOW);
            int all = warmUp + SECONDS * PER_SECOND;
            var loading = CompletableFuture.runAsync(() -> load(control, healthy, warmUp, all));
            // Not at a time: the server queues some megabytes for each before it says that it cannot write.
            await("the slow ones are ended")
                    .atMost(Duration.ofMinutes(2))
                    .pollInterval(Duration.ofSeconds(2))
                    .untilAsserted(() -> assertThat(watch.subscribers()).isEqualTo(STREAMS - SLOW));
            long heapEarly = container.jvm().reachableBytes();
            int threadsThen = container.jvm().threads().size();
            loading.join();
            await().until(() -> healthy.stream().allMatch(stream -> stream.last() == all));
            long heapLate = container.jvm().reachableBytes();

            report(without, percentile(healthy, warmUp, all), heapEarly, heapLate, threads.size(), threadsThen);
            assertThat(healthy)
                    .allSatisfy(stream -> assertThat(stream.received()).isEqualTo(all))
                    .noneMatch(StreamOfNumbers::broken);
            assertThat(heapLate - heapEarly).isLessThan(32L * MEBIBYTE);
            int held = container.stalledClientHoldsThread() ? SLOW : 0;
            assertThat(threadsThen - threads.size()).isLessThan(10 + held);
            // On Open Liberty until the server's writeTimeout, which is 10 s here.
            await("no thread is kept")
                    .atMost(Duration.ofSeconds(30))
                    .untilAsserted(() -> assertThat(withoutThose(threads)).hasSizeLessThan(10));
            many.goOnReading(0, SLOW);
            await("the slow ones see that they are ended")
                    .until(() -> many.streams().subList(0, SLOW).stream().allMatch(StreamOfNumbers::ended));
        }
    }

    /** In parts that the tail holds, so that a machine too slow for the rate makes the load slower, not events lost. */
    private static void load(Control control, List<StreamOfNumbers> healthy, int from, int to) {
        for (int first = from; first < to; first += PER_SECOND) {
            control.load("slow", PER_SECOND, "&size=" + FILLING + "&perSecond=" + PER_SECOND + "&first=" + (first + 1));
            int last = first + PER_SECOND;
            await().until(() -> healthy.stream().allMatch(stream -> stream.last() >= last));
        }
    }

    /** {@return the names of the threads that there are more of than then} */
    private List<String> withoutThose(List<String> then) {
        List<String> now = new ArrayList<>(container.jvm().threads());
        then.forEach(now::remove);
        return now;
    }

    /** {@return the 99th percentile of the milliseconds that those events took} */
    private static long percentile(List<StreamOfNumbers> streams, int from, int to) {
        long[] sorted = streams.stream()
                .flatMapToLong(stream -> LongStream.of(Arrays.copyOfRange(stream.latencies(), from, to)))
                .sorted()
                .toArray();
        return Duration.ofNanos(sorted[sorted.length * 99 / 100]).toMillis();
    }

    private static void report(
            long without, long with, long heapEarly, long heapLate, int threadsBefore, int threadsThen)
            throws IOException {
        String text = """
                %d clients, %d of them slow, %d events of 64 KiB a second for %d s
                latency, 99th percentile: %d ms without slow clients, %d ms with
                heap after collection: %d MiB when the slow ones were ended, %d MiB at the end
                threads: %d before, %d then
                """.formatted(
                        STREAMS,
                        SLOW,
                        PER_SECOND,
                        SECONDS,
                        without,
                        with,
                        heapEarly / MEBIBYTE,
                        heapLate / MEBIBYTE,
                        threadsBefore,
                        threadsThen);
        System.out.println(text);
        Files.writeString(Path.of(System.getProperty("eventstream.it.directory"), "slow-clients.txt"), text);
    }
}
