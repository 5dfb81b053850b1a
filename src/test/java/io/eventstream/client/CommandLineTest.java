package io.eventstream.client;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(value = 30, unit = TimeUnit.SECONDS)
class CommandLineTest {

    private static final String OPEN = "event: stream-open\ndata:\n\n";

    private final CannedServer server = new CannedServer();
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private String input = "";

    @AfterEach
    void stop() {
        server.close();
    }

    private int run(String... args) {
        var in = new ByteArrayInputStream(input.getBytes(UTF_8));
        return new CommandLine(in, new PrintStream(out, true, UTF_8), new PrintStream(err, true, UTF_8))
                .run("of-the-environment", args);
    }

    private int runThere(String... args) {
        List<String> all = new ArrayList<>(List.of(args));
        all.addAll(List.of("--url", server.address().toString()));
        return run(all.toArray(String[]::new));
    }

    private String out() {
        return out.toString(UTF_8);
    }

    private String err() {
        return err.toString(UTF_8);
    }

    @Test
    void helps() {
        assertThat(run()).isEqualTo(CommandLine.DONE);
        assertThat(run("listen", "--help")).isEqualTo(CommandLine.DONE);
        assertThat(out())
                .contains("send --channel")
                .contains("listen --channel")
                .contains("Exit codes");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "shout|There is no command shout; there are send and listen",
                "send 1|Name the channel: --channel NAME",
                "send --channel|--channel wants a value",
                "send --channel a --channel b 1|send has one channel, these are [a, b]",
                "send --channel a --count 1|send knows no --count",
                "send --channel a 1 2|send knows no 2",
                "send --channel a --url localhost:8080 1|The address must be like http://localhost:8080/events, was localhost:8080",
                "listen --channel a --type x|listen knows no --type",
                "listen --channel a --count 0|--count wants a number from 1, was 0",
                "listen --channel a --since noon|--since wants a time like 2026-01-31T12:00:00Z, was noon",
                "listen --channel a --header x|--header wants NAME: VALUE, was x",
            })
    void saysWhatIsWrongWithItsUsage(String command, String message) {
        assertThat(run(command.split(" "))).isEqualTo(CommandLine.WRONG_USAGE);
        assertThat(err().lines()).first().isEqualTo(message);
        assertThat(server.requests()).isEmpty();
    }

    @Test
    void sendsAndPrintsTheNumber() {
        server.then(200, "{\"channel\":\"a\",\"id\":17}");

        assertThat(runThere("send", "--channel", "a", "--type", "note", "{\"text\":\"hi\"}"))
                .isEqualTo(CommandLine.DONE);
        assertThat(out()).isEqualToIgnoringNewLines("17");
        assertThat(server.requests().get(0).body()).isEqualTo("{\"text\":\"hi\"}");
        assertThat(server.requests().get(0).authorization()).isEqualTo("Bearer of-the-environment");
    }

    @Test
    void sendsWhatItReads() {
        server.then(200, "{\"channel\":\"a\"}");
        input = "any text, äöü\n";

        assertThat(runThere("send", "--channel", "a", "--text", "--token", "other", "-"))
                .isEqualTo(CommandLine.DONE);
        assertThat(server.requests().get(0).body()).isEqualTo(input);
        assertThat(server.requests().get(0).authorization()).isEqualTo("Bearer other");
        assertThat(out()).isEmpty();
    }

    @Test
    void tellsARefusal() {
        server.then(401, "{\"condition\":\"unauthorized\",\"text\":\"Sign in\"}");

        assertThat(runThere("send", "--channel", "a", "1")).isEqualTo(CommandLine.REFUSED);
        assertThat(err()).isEqualToIgnoringNewLines("Sign in");
    }

    @Test
    void tellsThatNobodyIsThere() {
        server.close();

        assertThat(runThere("send", "--channel", "a", "1")).isEqualTo(CommandLine.UNREACHABLE);
        assertThat(runThere("listen", "--channel", "a")).isEqualTo(CommandLine.UNREACHABLE);
        assertThat(err().lines())
                .hasSize(2)
                .allMatch(line -> line.startsWith(server.address() + " cannot be reached: "));
    }

    @Test
    void printsEventsUntilItHasEnough() {
        server.thenStream(OPEN + "data: 1\ndata: 2\n\ndata: 3\n\ndata: 4\n\n");

        assertThat(runThere("listen", "--channel", "a", "--count", "2")).isEqualTo(CommandLine.DONE);
        assertThat(out().lines()).containsExactly("1", "2", "3");
    }

    @Test
    void printsJson() {
        server.thenStream(OPEN + "event: note\nid: a:1\ndata: 1\ndata: \"2\"\n\n");

        assertThat(runThere("listen", "--channel", "a", "--json", "--last-event-id", "a:0"))
                .isEqualTo(CommandLine.DONE);
        assertThat(out().lines()).containsExactly("{\"type\":\"note\",\"id\":\"a:1\",\"data\":\"1\\u000a\\\"2\\\"\"}");
        assertThat(err()).contains("Listening to [a]").contains("The server ended the stream; trying again");
    }

    @Test
    void tellsWhatIsLost() {
        server.thenStream(OPEN + "event: stream-reset\ndata: {\"channels\":[\"a\"]}\n\n");

        assertThat(runThere("listen", "--channel", "a", "--earliest")).isEqualTo(CommandLine.DONE);
        assertThat(err()).contains("Events are lost in [a]");
    }
}
