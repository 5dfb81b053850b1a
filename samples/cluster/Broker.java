import org.apache.activemq.artemis.core.config.impl.ConfigurationImpl;
import org.apache.activemq.artemis.core.server.embedded.EmbeddedActiveMQ;

/** Artemis as a program, run from this file by "up": it listens at the URL that is its argument, and keeps nothing. */
final class Broker {

    private Broker() {}

    public static void main(String[] arguments) throws Exception {
        var broker = new EmbeddedActiveMQ();
        broker.setConfiguration(new ConfigurationImpl()
                // The database has every event: what the broker carries is a hint.
                .setPersistenceEnabled(false)
                .setSecurityEnabled(false)
                .setJMXManagementEnabled(false)
                .addAcceptorConfiguration("tcp", arguments[0]));
        broker.start();
    }
}
