package io.eventstream.testapp;

import io.eventstream.api.EventChannels;
import io.eventstream.api.EventTypes;
import io.eventstream.subscribe.EventStreamResource;
import jakarta.ws.rs.Path;

/** The routes of the recorded wire, and one for each annotation that it does not have. */
public final class TestRoutes {

    private TestRoutes() {}

    /** A fixed channel. */
    @Path("events/fixed")
    @EventChannels("fixed1")
    public static class Fixed extends EventStreamResource {}

    /** Two fixed channels. */
    @Path("events/fixed2")
    @EventChannels({"fixed1", "fixed2"})
    public static class FixedTwo extends EventStreamResource {}

    /** A channel named with a path parameter. */
    @Path("events/obj/{id}")
    @EventChannels("object-{id}")
    public static class Named extends EventStreamResource {}

    /** The same and a fixed one. */
    @Path("events/obj2/{id}")
    @EventChannels({"object-{id}", "all"})
    public static class NamedAndFixed extends EventStreamResource {}

    /** The channel is a path parameter. */
    @Path("events/ch/{channel}")
    public static class ByPath extends EventStreamResource {}

    /** The signed-in user's own channel. */
    @Path("own/events")
    @EventChannels("user-{user}")
    public static class Own extends EventStreamResource {}

    /** Only some types. */
    @Path("typed/events")
    @EventChannels("typed")
    @EventTypes({"message", "info"})
    public static class Typed extends EventStreamResource {}
}
