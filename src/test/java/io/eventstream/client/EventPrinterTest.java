package io.eventstream.client;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import org.junit.jupiter.api.Test;

class EventPrinterTest {

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    @Test
    void printsNoMoreThanWasAskedForThoughTheStreamIsStillOpen() throws Exception {
        var printer = new EventPrinter(
                Options.of(null, "listen", "--channel", "a", "--count", "2"),
                new PrintStream(out, true, UTF_8),
                new PrintStream(new ByteArrayOutputStream(), true, UTF_8));

        for (String data : new String[] {"1", "2", "3"}) {
            printer.received(new ReceivedEvent("message", data, ""));
        }

        assertThat(printer.ended()).isCompleted();
        assertThat(out.toString(UTF_8).lines()).containsExactly("1", "2");
    }
}
