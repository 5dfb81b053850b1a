package io.eventstream.testapp;

import io.eventstream.testing.Wars;

/** Puts the test application together. */
public final class TestWars {

    private TestWars() {}

    /** {@return it as a WAR of that name} */
    public static Wars of(String name) {
        return Wars.of(
                name,
                TestApplication.class,
                TestRoutes.class,
                TestChannels.class,
                TestControl.class,
                TestGathering.class,
                TestLoad.class,
                PlainValues.class,
                SampleValues.class,
                UserHeaderFilter.class);
    }

    /** {@return the same with storage, in a persistence unit of its own on the server's default datasource} */
    public static Wars withStorage(String name) {
        return of(name).with(TestUnit.class, TestStorage.class)
                .withText(TestUnit.PATH, TestUnit.xml("JTA", TestUnit.ENTITIES, "create"))
                .with("eventstream.storage", "jpa")
                // The applications share a database that tests empty: none may look after what another does.
                .with("eventstream.storage.poll", "PT1H");
    }
}
