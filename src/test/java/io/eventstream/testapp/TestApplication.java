package io.eventstream.testapp;

import io.eventstream.testing.Wars;
import jakarta.ws.rs.ApplicationPath;
import jakarta.ws.rs.core.Application;

/** The application behind the recorded wire, and behind most container tests. */
@ApplicationPath("/")
public class TestApplication extends Application {

    /** {@return it as a WAR of that name} */
    public static Wars war(String name) {
        return Wars.of(
                name,
                TestApplication.class,
                TestRoutes.class,
                TestChannels.class,
                TestControl.class,
                TestLoad.class,
                PlainValues.class,
                SampleValues.class,
                UserHeaderFilter.class);
    }
}
