package io.eventstream.config;

/** Settings for tests of other packages. */
public final class ConfigFixtures {

    private ConfigFixtures() {}

    /** The defaults, but for these. */
    public static EventStreamConfig config(String... keysAndValues) {
        return EventStreamConfig.from(FakeConfig.of(keysAndValues));
    }
}
