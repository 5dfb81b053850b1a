package io.eventstream.sse;

/** The beans of this package for tests of others. */
public final class SseFixtures {

    private SseFixtures() {}

    /** With the default JSON-B. */
    public static DataEncoder encoder() {
        return new DataEncoder();
    }
}
