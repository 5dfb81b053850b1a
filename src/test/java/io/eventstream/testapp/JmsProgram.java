package io.eventstream.testapp;

import io.eventstream.sender.JmsEventSender;
import jakarta.jms.ConnectionFactory;
import org.apache.activemq.artemis.jms.client.ActiveMQConnectionFactory;

/** A program outside of the server, which sends numbers by a queue and prints what is known of them. */
public final class JmsProgram {

    private JmsProgram() {}

    /**
     * Sends.
     *
     * @param args the URL of Artemis, the queue, a channel, how many
     */
    public static void main(String[] args) {
        boolean numbered = false;
        try (var factory = new ActiveMQConnectionFactory(args[0]);
                var sender = JmsEventSender.of((ConnectionFactory) factory, args[1])) {
            for (int i = 0; i < Integer.parseInt(args[3]); i++) {
                numbered |= sender.send(args[2], "message", Integer.toString(i))
                        .join()
                        .id()
                        .isPresent();
            }
        }
        System.out.println(numbered ? "some have numbers" : "none has a number");
    }
}
