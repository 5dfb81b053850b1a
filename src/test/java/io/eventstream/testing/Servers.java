package io.eventstream.testing;

/** Starts the server that the build's profile has chosen: the same tests run on each. */
final class Servers {

    private Servers() {}

    static ServerUnderTest start() {
        String name = System.getProperty("eventstream.it.server");
        return switch (name) {
            case "liberty" -> new LibertyServer();
            case "payara-micro" -> new PayaraMicroServer();
            case "payara-server" -> new PayaraServer();
            case "wildfly" -> new WildFlyServer();
            default -> throw new IllegalStateException("The tests do not know the server " + name);
        };
    }
}
