package io.eventstream.storage;

import static io.eventstream.config.ConfigFixtures.config;

import io.eventstream.server.ServerThreads;
import io.eventstream.spi.EventReceiver;
import io.eventstream.spi.EventStorage;
import java.util.Optional;

/** The beans of this package for tests of others. */
public final class StorageFixtures {

    private StorageFixtures() {}

    /** Started; to be closed. */
    public static StoredMessages stored(EventStorage storage, EventReceiver receiver) {
        // Never, since the fake's messages count as committed before their transaction has ended.
        var config = config("eventstream.storage.poll", "PT1H");
        var retention = new ChannelRetention(config.storage());
        var messages = new StoredMessages(Optional.of(storage), receiver, config, retention, new ServerThreads() {
            @Override
            public Thread newThread(Runnable run) {
                return new Thread(run);
            }
        });
        messages.start();
        return messages;
    }
}
