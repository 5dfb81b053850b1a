package io.eventstream.testapp;

import jakarta.ws.rs.ApplicationPath;
import jakarta.ws.rs.core.Application;
import java.util.Set;

/** Lists a route, and neither the others nor anything of the library. */
@ApplicationPath("/")
public class IncompleteApplication extends Application {

    @Override
    public Set<Class<?>> getClasses() {
        return Set.of(TestRoutes.Fixed.class);
    }
}
