package io.eventstream.testapp;

import io.eventstream.client.EventSender;
import io.eventstream.sender.RedisEventSender;
import java.net.URI;

/** A program outside of the server, which sends numbers by Redis and prints what they became. */
public final class RedisProgram {

    private RedisProgram() {}

    /**
     * Sends.
     *
     * @param args the URL of Redis, a channel that is stored, one that is not, how many
     */
    public static void main(String[] args) {
        try (EventSender stored = RedisEventSender.of(URI.create(args[0]));
                EventSender unstored = RedisEventSender.of(URI.create(args[0])).withoutStorage()) {
            for (int i = 0; i < Integer.parseInt(args[3]); i++) {
                String data = Integer.toString(i);
                System.out.println(
                        stored.send(args[1], "message", data).join().id().orElseThrow());
                unstored.sendText(args[2], "message", data).join();
            }
        }
    }
}
