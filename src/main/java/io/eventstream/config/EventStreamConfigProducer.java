package io.eventstream.config;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import org.eclipse.microprofile.config.ConfigProvider;

/** Makes the settings injectable. */
@ApplicationScoped
class EventStreamConfigProducer {

    @Produces
    @Singleton
    EventStreamConfig config() {
        return EventStreamConfig.from(ConfigProvider.getConfig());
    }
}
