package io.eventstream.client;

import java.io.IOException;
import java.io.PrintStream;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** Writes what comes, a line for each event; what else happens goes to the other stream. */
final class EventPrinter implements StreamListener {

    private final Options options;
    private final PrintStream out;
    private final PrintStream err;
    private final CompletableFuture<Void> ended = new CompletableFuture<>();
    private volatile @Nullable Exception failure;
    private boolean wasOpened;
    private long left;

    EventPrinter(Options options, PrintStream out, PrintStream err) {
        this.options = options;
        this.out = out;
        this.err = err;
        this.left = options.count();
    }

    /** {@return completed when enough has come, or the first try to open the stream has failed} */
    CompletableFuture<Void> ended() {
        return ended;
    }

    /** {@return why the stream could not be opened at all} */
    Optional<Exception> neverOpened() {
        return Optional.ofNullable(failure);
    }

    @Override
    public void received(ReceivedEvent event) {
        if (ended.isDone()) {
            return; // who waits for that may not have closed the stream yet
        }
        out.println(options.json() ? json(event) : event.data());
        if (out.checkError() || --left == 0) {
            ended.complete(null);
        }
    }

    private static String json(ReceivedEvent event) {
        return "{\"type\":" + SmallJson.quoted(event.type()) + ",\"id\":" + SmallJson.quoted(event.lastEventId())
                + ",\"data\":" + SmallJson.quoted(event.data()) + "}";
    }

    @Override
    public void reset(List<String> channels) {
        err.println("Events are lost in " + channels);
    }

    @Override
    public void opened() {
        wasOpened = true;
        err.println("Listening to " + options.channels());
    }

    @Override
    public void interrupted(Exception reason) {
        if (!wasOpened && reason instanceof IOException) {
            failure = reason;
            ended.complete(null);
        } else {
            err.println(CommandLine.said(reason) + "; trying again");
        }
    }
}
