package io.eventstream.broadcast;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.management.ManagementFactory;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.management.ObjectName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;

/** Counts instances in the heap, so no other test may make any meanwhile. */
@Isolated
class ForgottenInstancesTest {

    /** Named classes and those nested in them, not lambdas. */
    private static final Pattern OURS =
            Pattern.compile("^ *\\d+: +(\\d+) +\\d+ +io\\.eventstream\\.broadcast\\.([\\w$]+) *$", Pattern.MULTILINE);

    @Test
    void leaveTheHeapAfterAHundredThousandConnectsToTenThousandChannels() throws Exception {
        try (var node = new TestNode()) {
            connects(node, 100); // so that what belongs to the node itself is there
            Map<String, Long> before = instances();

            connects(node, 100_000);

            assertThat(node.broadcasters.count()).isZero();
            assertThat(node.broadcasters.subscribers().count()).isZero();
            // Fewer there may be, since threads of tests that have ended may only now be gone.
            assertThat(instances())
                    .isNotEmpty()
                    .allSatisfy((type, count) ->
                            assertThat(count).as(type).isLessThanOrEqualTo(before.getOrDefault(type, 0L)));
        }
    }

    private static void connects(TestNode node, int count) {
        for (int i = 0; i < count; i++) {
            var sink = new RecordingSink();
            String channel = "channel-" + i % 10_000;
            Subscriber subscriber = node.subscribe(sink, channel, "all");
            node.publish(channel, "x");
            if (i % 2 == 0) {
                subscriber.end();
            } else {
                sink.breakDown();
                node.publish("all", "y");
            }
        }
    }

    /** A histogram counts after a full collection what is still reachable. */
    private static Map<String, Long> instances() throws Exception {
        var histogram = (String) ManagementFactory.getPlatformMBeanServer()
                .invoke(
                        new ObjectName("com.sun.management:type=DiagnosticCommand"),
                        "gcClassHistogram",
                        new Object[] {new String[0]},
                        new String[] {String[].class.getName()});
        Map<String, Long> counts = new TreeMap<>();
        Matcher line = OURS.matcher(histogram);
        while (line.find()) {
            counts.put(line.group(2), Long.valueOf(line.group(1)));
        }
        return counts;
    }
}
