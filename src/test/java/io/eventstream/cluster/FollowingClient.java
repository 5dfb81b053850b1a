package io.eventstream.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.eventstream.api.LastEventId;
import io.eventstream.broadcast.VirtualNode;
import io.eventstream.spi.ChannelHead;
import io.eventstream.testing.MemoryStorage;
import io.eventstream.testing.SseParser;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A client that comes back with the id that it had, to any node, and knows what it has seen. */
final class FollowingClient {

    private final String user;
    private final String[] channels;
    private final Map<String, Long> seen = new HashMap<>();
    private final Map<String, Integer> lives = new HashMap<>();
    private String lastEventId = "";
    private VirtualNode.@Nullable Client connection;
    private int looked;

    FollowingClient(String user, String[] channels) {
        this.user = user;
        this.channels = channels;
    }

    void connect(ClusterMember to) {
        connection = to.node.connect(user, lastEventId, channels);
        looked = 0;
        lives.clear();
    }

    void comeBack(ClusterMember to) {
        VirtualNode.Client open = connection;
        if (open != null && !open.hasEnded()) {
            open.end();
            look(open);
            connect(to);
        }
    }

    private void look(VirtualNode.Client open) {
        List<SseParser.Event> events = open.events();
        for (SseParser.Event event : events.subList(looked, events.size())) {
            assertThat(event.type()).isIn("message", "keep-alive", "stream-reset", "stream-error");
            if (channels[0].equals("unrel")) {
                lookAtLive(event);
            } else {
                lookAtStored(event);
            }
        }
        looked = events.size();
    }

    /** The storage holds all, so nobody is ever told that something is gone. */
    private void lookAtStored(SseParser.Event event) {
        if (event.type().equals("stream-error")) {
            return;
        }
        assertThat(event.type()).isNotEqualTo("stream-reset");
        if (!event.lastEventId().isEmpty()) {
            lastEventId = event.lastEventId();
            LastEventId.parse(lastEventId).positions().forEach((channel, text) -> {
                long number = Long.parseLong(text);
                Long before = seen.put(channel, number);
                assertThat(before == null || number == before || number == before + 1)
                        .as("%s %s after %s", channel, number, before)
                        .isTrue();
            });
        }
    }

    /** Of each node one after the other, unless it was told that something may be missing. */
    private void lookAtLive(SseParser.Event event) {
        if (event.type().equals("stream-reset")) {
            lives.clear();
        } else if (event.type().equals("message")) {
            String[] parts = event.data().split(" ");
            int number = Integer.parseInt(parts[1]);
            Integer before = lives.put(parts[0], number);
            assertThat(before == null || number == before + 1)
                    .as("%s after %s of node %s", number, before, parts[0])
                    .isTrue();
        }
    }

    /** It has all that is stored in its channels. */
    void requireAll(MemoryStorage storage) {
        VirtualNode.Client open = connection;
        if (open == null) {
            return;
        }
        look(open);
        if (!open.hasEnded() && !channels[0].equals("unrel")) {
            Map<String, ChannelHead> heads = storage.heads(Arrays.asList(channels));
            for (String channel : channels) {
                assertThat(seen.getOrDefault(channel, 0L))
                        .as(channel)
                        .isEqualTo(heads.get(channel).newest());
            }
        }
    }

    /** It has the live event that each node sent last. */
    void requireNewest(List<ClusterMember> nodes) {
        if (channels[0].equals("unrel")) {
            for (ClusterMember node : nodes) {
                assertThat(lives).containsEntry(Integer.toString(node.index), node.lives());
            }
        }
    }

    /** {@return whether it is still connected only to what it may read} */
    boolean mayStay(Permissions permissions) {
        VirtualNode.Client open = connection;
        return open == null
                || open.hasEnded()
                || Arrays.stream(channels).allMatch(channel -> permissions.mayRead(user, channel));
    }
}
