package io.eventstream.testapp;

import io.eventstream.development.LocalHostFilter;
import io.eventstream.publish.ChannelPublishResource;
import io.eventstream.publish.HistoryResource;
import io.eventstream.publish.PresenceResource;
import io.eventstream.publish.PublishResource;
import io.eventstream.sse.ProvidersFeature;
import io.eventstream.subscribe.AsyncSupportFilter;
import io.eventstream.subscribe.JerseyShutdown;
import io.eventstream.subscribe.OpenChannelEvents;
import io.eventstream.subscribe.OpenEvents;
import jakarta.ws.rs.ApplicationPath;
import jakarta.ws.rs.core.Application;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Lists every route, and all of the library. */
@ApplicationPath("/")
public class CompleteApplication extends Application {

    @Override
    public Set<Class<?>> getClasses() {
        var classes = new HashSet<Class<?>>(List.of(TestRoutes.class.getDeclaredClasses()));
        classes.addAll(List.of(
                OpenEvents.class,
                OpenChannelEvents.class,
                PublishResource.class,
                ChannelPublishResource.class,
                HistoryResource.class,
                PresenceResource.class,
                ProvidersFeature.class,
                AsyncSupportFilter.class,
                JerseyShutdown.class,
                LocalHostFilter.class));
        return classes;
    }
}
