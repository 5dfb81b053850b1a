package io.eventstream.storage;

import com.sun.management.OperatingSystemMXBean;
import io.eventstream.broadcast.RealNode;
import io.eventstream.spi.ChannelManager;
import io.eventstream.spi.EncodedMessage;
import io.eventstream.spi.EventStreamUser;
import io.eventstream.storage.JpaNodes.JpaUnit;
import io.eventstream.storage.JpaNodes.SchemaSource;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What it costs that a node compares its channels with the storage every 2 s while nothing happens: CPU of its process and
 * of all PostgreSQL processes of the machine, with and without. Arguments: provider, URL of an empty PostgreSQL database,
 * channels, seconds. Linux only.
 */
final class HeadPollBench {

    private static final int BATCH = 500;
    private static final int WARM_UP = 30;
    private static final double TICKS = 100;

    private HeadPollBench() {}

    public static void main(String[] arguments) throws Exception {
        int channels = Integer.parseInt(arguments[2]);
        int seconds = Integer.parseInt(arguments[3]);
        try (var nodes = new JpaNodes(new JpaUnit(arguments[0], arguments[1], SchemaSource.SCRIPT))) {
            for (int from = 0; from < channels; from += BATCH) {
                List<EncodedMessage> batch = new ArrayList<>();
                for (int i = from; i < Math.min(channels, from + BATCH); i++) {
                    batch.add(new EncodedMessage("channel-" + i, "message", "1", Set.of()));
                }
                nodes.node(0).append(batch);
            }
            // Hundreds of polls: with one every 2 s the JIT would be at work for minutes, and take more than they do.
            measure(nodes, "PT0.1S", channels, WARM_UP);
            for (String poll : List.of("PT24H", "PT2S", "PT24H", "PT2S")) {
                measure(nodes, poll, channels, seconds);
            }
        }
        System.exit(0);
    }

    private static void measure(JpaNodes nodes, String poll, int channels, int seconds) throws Exception {
        try (var node = new RealNode(Optional.of(nodes.node(1)), new Everybody(), "eventstream.storage.poll", poll)) {
            for (int i = 0; i < channels; i++) {
                node.listen("", "channel-" + i);
            }
            Thread.sleep(WARM_UP * 1000L);
            double own = own();
            double database = database();
            Thread.sleep(seconds * 1000L);
            System.out.printf(
                    Locale.ROOT,
                    "a poll every %s of %d channels: of one core the node takes %.2f %%, PostgreSQL %.2f %%%n",
                    poll,
                    channels,
                    100 * (own() - own) / seconds,
                    100 * (database() - database) / seconds);
        }
    }

    private static double own() {
        return ((OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean()).getProcessCpuTime() / 1e9;
    }

    private static double database() throws IOException {
        double seconds = 0;
        try (Stream<Path> processes = Files.list(Path.of("/proc"))) {
            for (Path process : (Iterable<Path>) processes::iterator) {
                try {
                    String stat = Files.readString(process.resolve("stat"));
                    String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
                    if (stat.contains("(postgres)")) {
                        seconds += (Long.parseLong(fields[11]) + Long.parseLong(fields[12])) / TICKS;
                    }
                } catch (IOException e) {
                    // No process, or it has just ended.
                }
            }
        }
        return seconds;
    }

    private static final class Everybody implements ChannelManager {

        @Override
        public boolean canRead(EventStreamUser user, String channel) {
            return true;
        }
    }
}
