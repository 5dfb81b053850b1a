package io.eventstream.client;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.eventstream.api.StreamEvent;
import io.eventstream.client.Options.WrongUsageException;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/** {@code java -jar eventstream.jar}: sends an event, or listens. */
final class CommandLine {

    static final int DONE = 0;
    static final int WRONG_USAGE = 2;
    static final int REFUSED = 3;
    static final int UNREACHABLE = 4;

    private static final String USAGE = """
            java -jar eventstream.jar send --channel NAME [--type TYPE] [--text] [DATA]
              sends one event. DATA is JSON, or with --text any text; without it, or as -, it is read from
              the standard input. Prints the event's number where the channel is reliable.
            java -jar eventstream.jar listen --channel NAME [--channel NAME ...]
              prints the data of each event that comes, until it is interrupted.
              --json                one JSON object for each event: type, id and data
              --count N             ends after N events
              --earliest            begins with the oldest stored event
              --last-event-id ID    begins with the event after this id, such as test:17
              --since TIME          begins with what was stored since then, such as 2026-01-31T12:00:00Z
            Both:
              --url URL             the address of the channels, http://localhost:8080/events where it is not given
              --token TOKEN         eventstream.publish.token of the server; without it that of the environment,
                                    EVENTSTREAM_PUBLISH_TOKEN
              --header 'NAME: VALUE'
              --help
            Exit codes: 0 done, 2 wrong usage, 3 the server does not want it, 4 the server cannot be reached
            """;

    private final InputStream in;
    private final PrintStream out;
    private final PrintStream err;

    CommandLine(InputStream in, PrintStream out, PrintStream err) {
        this.in = in;
        this.out = out;
        this.err = err;
    }

    /**
     * Runs one command, and ends the process with its exit code.
     *
     * @param args the command and its options
     */
    public static void main(String[] args) {
        var out = new PrintStream(System.out, true, UTF_8);
        var err = new PrintStream(System.err, true, UTF_8);
        System.exit(new CommandLine(System.in, out, err).run(System.getenv("EVENTSTREAM_PUBLISH_TOKEN"), args));
    }

    int run(@Nullable String token, String... args) {
        if (Options.asksForHelp(args)) {
            out.print(USAGE);
            return DONE;
        }
        try {
            Options options = Options.of(token, args);
            return options.command().equals("send") ? send(options) : listen(options);
        } catch (WrongUsageException e) {
            err.println(e.getMessage());
            err.println("--help says more");
            return WRONG_USAGE;
        }
    }

    private int send(Options options) throws WrongUsageException {
        String data = options.data().isPresent() ? options.data().get() : input();
        EventStreamClient client = options.client();
        String channel = options.channels().get(0);
        try {
            StreamEvent sent = (options.text()
                            ? client.sendText(channel, options.type(), data)
                            : client.send(channel, options.type(), data))
                    .join();
            sent.id().ifPresent(out::println);
            return DONE;
        } catch (CompletionException e) {
            return failed(options, e.getCause());
        }
    }

    private String input() throws WrongUsageException {
        try {
            return UTF_8.newDecoder().decode(ByteBuffer.wrap(in.readAllBytes())).toString();
        } catch (CharacterCodingException e) {
            throw new WrongUsageException("The standard input is not UTF-8");
        } catch (IOException e) {
            throw new WrongUsageException("The standard input cannot be read: " + e.getMessage());
        }
    }

    private int listen(Options options) {
        var printer = new EventPrinter(options, out, err);
        try (Listening listening = options.client().listen(printer, options.start(), options.channels())) {
            CompletableFuture.anyOf(printer.ended(), listening.ended()).join();
            return printer.neverOpened().map(reason -> failed(options, reason)).orElse(DONE);
        } catch (CompletionException e) {
            return failed(options, e.getCause());
        }
    }

    private int failed(Options options, @Nullable Throwable reason) {
        if (reason instanceof RequestRefusedException refused) {
            err.println(refused.getMessage());
            return REFUSED;
        }
        if (reason instanceof IOException) {
            err.println(options.client().address() + " cannot be reached: " + said(reason));
            return UNREACHABLE;
        }
        throw new IllegalStateException(reason);
    }

    /** Connections that are refused say so by their name alone. */
    static String said(Throwable reason) {
        return reason.getMessage() == null ? reason.getClass().getSimpleName() : reason.getMessage();
    }
}
