package io.eventstream.presence;

import io.eventstream.api.ChannelPresence;
import java.util.List;

/**
 * What a node tells the others of its own subscribers: never what has changed but how it is now, so that it does not matter
 * whether one is lost, or comes twice.
 */
public sealed interface PresenceReport {

    /** {@return larger than that of what the node has told before, from 1} */
    long version();

    /** {@return channels, each once, and who listens to them on that node} */
    List<ChannelPresence> channels();

    /**
     * Channels where something has changed.
     *
     * @param version larger than those before
     * @param channels how they are now; 0 for those to which nobody listens any more
     */
    record Changes(long version, List<ChannelPresence> channels) implements PresenceReport {

        /** Checks and copies. */
        public Changes {
            requireVersion(version);
            channels = List.copyOf(channels);
        }
    }

    /**
     * All channels whose names lie between two, in the order of {@link String#compareTo}. So what is not among them is gone,
     * and each part of a long list says all by itself.
     *
     * @param version larger than those before
     * @param after names are greater than this; empty for the first
     * @param until names are at most this; empty for no end
     * @param channels those with subscribers
     */
    record Section(long version, String after, String until, List<ChannelPresence> channels) implements PresenceReport {

        /** Checks and copies. */
        public Section {
            requireVersion(version);
            channels = List.copyOf(channels);
            if (!until.isEmpty() && until.compareTo(after) <= 0) {
                throw new IllegalArgumentException("A section after " + after + " cannot end at " + until);
            }
            for (ChannelPresence channel : channels) {
                String name = channel.channel();
                if (name.compareTo(after) <= 0 || (!until.isEmpty() && name.compareTo(until) > 0)) {
                    throw new IllegalArgumentException(
                            "A section after " + after + " until " + until + " cannot have " + name);
                }
            }
        }
    }

    private static void requireVersion(long version) {
        if (version < 1) {
            throw new IllegalArgumentException("A version must be at least 1, was " + version);
        }
    }
}
