package io.eventstream.channel;

import io.eventstream.config.EventStreamConfig;
import io.eventstream.spi.ChannelManager;
import io.eventstream.testing.FakeInstance;

/** The beans of this package for tests of others. */
public final class ChannelFixtures {

    private ChannelFixtures() {}

    /** With the application's own manager. */
    public static ChannelAccess access(EventStreamConfig config, ChannelManager manager) {
        return new ChannelAccess(FakeInstance.of(manager), config);
    }

    /** The token of the settings. */
    public static PublishToken token(EventStreamConfig config) {
        return new PublishToken(config);
    }
}
