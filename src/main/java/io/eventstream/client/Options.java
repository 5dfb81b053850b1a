package io.eventstream.client;

import java.net.URI;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What was typed.
 *
 * @param command {@code send} or {@code listen}; {@code help}
 * @param client of the address, with token and headers
 * @param channels at least one
 * @param type of the event
 * @param data what to send; empty: read it
 * @param text whether it is any text, not JSON
 * @param start of a stream
 * @param count of events after which to end; 0: never
 * @param json whether events are written as JSON
 */
record Options(
        String command,
        EventStreamClient client,
        List<String> channels,
        String type,
        Optional<String> data,
        boolean text,
        StreamStart start,
        long count,
        boolean json) {

    static final String ADDRESS = "http://localhost:8080/events";

    private static final List<String> COMMANDS = List.of("send", "listen");

    /** Says what is wrong with what was typed. */
    static final class WrongUsageException extends Exception {

        private static final long serialVersionUID = 1;

        WrongUsageException(String message) {
            super(message);
        }
    }

    static boolean asksForHelp(String... args) {
        return args.length == 0 || List.of(args).contains("--help") || args[0].equals("help");
    }

    static Options of(@Nullable String defaultToken, String... args) throws WrongUsageException {
        String command = args[0];
        if (!COMMANDS.contains(command)) {
            throw new WrongUsageException("There is no command " + command + "; there are send and listen");
        }
        return new Reader(command, defaultToken, args).read();
    }

    /** Takes one after the other. */
    private static final class Reader {

        private final String command;
        private final Deque<String> left;
        private final List<String> channels = new ArrayList<>();
        private final List<String> headers = new ArrayList<>();
        private @Nullable String token;
        private String address = ADDRESS;
        private String type = "message";
        private @Nullable String data;
        private boolean text;
        private boolean json;
        private StreamStart start = StreamStart.now();
        private long count;

        Reader(String command, @Nullable String token, String... args) {
            this.command = command;
            this.token = token;
            this.left = new ArrayDeque<>(List.of(args).subList(1, args.length));
        }

        Options read() throws WrongUsageException {
            boolean sends = command.equals("send");
            while (!left.isEmpty()) {
                String next = left.remove();
                switch (next) {
                    case "--channel" -> channels.add(value(next));
                    case "--url" -> address = value(next);
                    case "--token" -> token = value(next);
                    case "--header" -> headers.add(value(next));
                    default -> {
                        if (!(sends ? forSend(next) : forListen(next))) {
                            throw new WrongUsageException(command + " knows no " + next);
                        }
                    }
                }
            }
            if (channels.isEmpty()) {
                throw new WrongUsageException("Name the channel: --channel NAME");
            }
            if (sends && channels.size() > 1) {
                throw new WrongUsageException("send has one channel, these are " + channels);
            }
            return new Options(command, client(), channels, type, Optional.ofNullable(data), text, start, count, json);
        }

        private boolean forSend(String next) throws WrongUsageException {
            switch (next) {
                case "--type" -> type = value(next);
                case "--text" -> text = true;
                case "-" -> data = null;
                default -> {
                    if (next.startsWith("--") || data != null) {
                        return false;
                    }
                    data = next;
                }
            }
            return true;
        }

        private boolean forListen(String next) throws WrongUsageException {
            switch (next) {
                case "--json" -> json = true;
                case "--count" -> count = count(value(next));
                case "--earliest" -> start = StreamStart.earliest();
                case "--last-event-id" -> start = StreamStart.after(value(next));
                case "--since" -> start = StreamStart.since(time(value(next)));
                default -> {
                    return false;
                }
            }
            return true;
        }

        private String value(String option) throws WrongUsageException {
            if (left.isEmpty()) {
                throw new WrongUsageException(option + " wants a value");
            }
            return left.remove();
        }

        private static long count(String value) throws WrongUsageException {
            if (!value.matches("[1-9]\\d{0,17}")) {
                throw new WrongUsageException("--count wants a number from 1, was " + value);
            }
            return Long.parseLong(value);
        }

        private static Instant time(String value) throws WrongUsageException {
            try {
                return OffsetDateTime.parse(value).toInstant();
            } catch (DateTimeParseException e) {
                throw new WrongUsageException("--since wants a time like 2026-01-31T12:00:00Z, was " + value);
            }
        }

        private EventStreamClient client() throws WrongUsageException {
            try {
                EventStreamClient client = EventStreamClient.of(URI.create(address));
                if (token != null) {
                    client = client.withToken(token);
                }
                for (String header : headers) {
                    int colon = header.indexOf(':');
                    if (colon < 1) {
                        throw new WrongUsageException("--header wants NAME: VALUE, was " + header);
                    }
                    client = client.withHeader(
                            header.substring(0, colon),
                            header.substring(colon + 1).strip());
                }
                return client;
            } catch (IllegalArgumentException e) {
                throw new WrongUsageException(String.valueOf(e.getMessage()));
            }
        }
    }
}
