package io.eventstream.subscribe;

import io.eventstream.broadcast.ChannelBroadcasterRegistry;
import jakarta.enterprise.inject.spi.CDI;
import jakarta.ws.rs.core.Feature;
import jakarta.ws.rs.core.FeatureContext;
import jakarta.ws.rs.ext.Provider;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import org.jspecify.annotations.Nullable;

/**
 * Where JAX-RS is Jersey, ends the streams while Jersey still can, since it is asked to end them ({@link StreamEnd}): on
 * undeployment it is gone before CDI tells anybody. By reflection, since elsewhere there is no Jersey.
 */
@Provider
public class JerseyShutdown implements Feature {

    private static final String LISTENER = "org.glassfish.jersey.server.spi.ContainerLifecycleListener";

    @Override
    public boolean configure(FeatureContext context) {
        try {
            Class<?> listener =
                    Class.forName(LISTENER, false, context.getClass().getClassLoader());
            Object endStreams =
                    Proxy.newProxyInstance(listener.getClassLoader(), new Class<?>[] {listener}, new EndStreams());
            context.register(endStreams, listener);
            return true;
        } catch (ClassNotFoundException e) {
            return false; // Not Jersey: its streams are ended by the application's end.
        }
    }

    private static final class EndStreams implements InvocationHandler {

        @Override
        @SuppressWarnings("ReferenceEquality") // a proxy equals itself alone
        public @Nullable Object invoke(Object proxy, Method method, Object[] arguments) {
            return switch (method.getName()) {
                case "onShutdown" -> {
                    CDI.current().select(ChannelBroadcasterRegistry.class).get().close();
                    yield null;
                }
                case "hashCode" -> System.identityHashCode(this);
                case "equals" -> proxy == arguments[0];
                case "toString" -> JerseyShutdown.class.getName();
                default -> null; // Started or reloaded: nothing to do.
            };
        }
    }
}
