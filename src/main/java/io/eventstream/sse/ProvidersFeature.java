package io.eventstream.sse;

import jakarta.enterprise.inject.spi.CDI;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Feature;
import jakarta.ws.rs.core.FeatureContext;
import jakarta.ws.rs.ext.Provider;
import jakarta.ws.rs.ext.Providers;
import org.jspecify.annotations.Nullable;

/** Hands the JAX-RS application's providers to the encoder, since messages are fired outside of requests too. */
@Provider
public class ProvidersFeature implements Feature {

    @Context
    @Nullable
    Providers providers;

    @Override
    public boolean configure(FeatureContext context) {
        if (providers != null) {
            CDI.current().select(DataEncoder.class).get().use(providers);
        }
        return true;
    }
}
