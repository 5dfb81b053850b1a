package io.eventstream.api;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * The channels of a route, on a subclass of {@code EventStreamResource}. Everybody may read them unless a
 * {@code ChannelManager} says otherwise. Query parameters select nothing then, unless it makes them.
 *
 * <pre>{@code
 * @Path("objects/{id}/events")
 * @EventChannels("object-{id}")
 * public class ObjectEvents extends EventStreamResource {}
 * }</pre>
 */
@Documented
@Inherited
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
public @interface EventChannels {

    /**
     * {@return names of channels, fixed or with path parameters in braces; {@code {user}} stands for the name of the
     * signed-in user, and the route is forbidden without one}
     */
    String[] value();
}
