package io.eventstream.testing;

/** Starts the server that the build's profile has chosen: the same tests run on each. */
final class Servers {

    private Servers() {}

    /** Starts the run's. */
    static ServerUnderTest start() {
        return switch (name()) {
            case "liberty" -> new LibertyServer();
            case "payara-micro" -> new PayaraMicroServer();
            case "payara-server" -> new PayaraServer();
            case "wildfly" -> new WildFlyServer();
            default -> throw unknown(name());
        };
    }

    /** Starts one of that kind beside it, on that port; what it writes is kept under that name. */
    static ServerUnderTest start(String kind, String directory, Port port) {
        return switch (kind) {
            case "liberty" -> new LibertyServer(directory, port);
            case "payara-micro" -> new PayaraMicroServer(directory, port);
            case "wildfly" -> new WildFlyServer(directory, port);
            default -> throw unknown(kind);
        };
    }

    /** Starts one of the run's kind beside it, with a configuration that has a message broker. */
    static ServerUnderTest startWithBroker(String directory, Port port) {
        return switch (name()) {
            case "liberty" -> LibertyServer.withBroker(directory, port);
            case "wildfly" -> WildFlyServer.withBroker(directory, port);
            default -> throw unknown(name());
        };
    }

    /** {@return a port for one of that kind} */
    static Port claimPort(String kind) {
        return switch (kind) {
            case "liberty" -> LibertyServer.claimPort();
            case "payara-micro" -> PayaraMicroServer.claimPort();
            case "wildfly" -> WildFlyServer.claimPort();
            default -> throw unknown(kind);
        };
    }

    /** {@return the kind of the run's} */
    static String name() {
        return System.getProperty("eventstream.it.server");
    }

    private static IllegalStateException unknown(String kind) {
        return new IllegalStateException("These tests do not know the server " + kind);
    }
}
