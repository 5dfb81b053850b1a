package io.eventstream.cluster;

import io.eventstream.api.ChannelPermissionChanged;
import io.eventstream.api.EventStreamMessage;
import io.eventstream.presence.PresenceReport;
import io.eventstream.spi.StoredEvent;
import java.util.Objects;
import java.util.Set;

/** What one node tells the others. */
sealed interface Content {

    /** An event of a reliable channel. */
    record Event(StoredEvent event) implements Content {

        /** Checks that there is one. */
        public Event {
            Objects.requireNonNull(event, "event");
        }
    }

    /** The storage has an event of that number, to be read there. */
    record Hint(String channel, long number) implements Content {

        /** Checks the number. */
        public Hint {
            Objects.requireNonNull(channel, "channel");
            if (number < 1) {
                throw new IllegalArgumentException("A number must be at least 1, was " + number);
            }
        }
    }

    /** An event that is not stored. */
    record Live(String channel, String type, String data, Set<String> skipUsers) implements Content {

        /** Checks what subscribers rely on: a type with line breaks would be fields of its own to them. */
        public Live {
            EventStreamMessage.raw(channel, type, data);
            skipUsers = Set.copyOf(skipUsers);
        }
    }

    /** A change of a permission, where there is no storage that could tell of it. */
    record Permission(ChannelPermissionChanged changed) implements Content {}

    /** Who listens on the node. */
    record Presence(PresenceReport report) implements Content {}

    /** What did not fit was left out: whoever can look for it does. */
    record LeftOut() implements Content {}

    /** Nothing, but that the node is there, and how far it has come. */
    record Alive() implements Content {}
}
