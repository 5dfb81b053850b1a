package io.eventstream.testing;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;

/** What one class logs, as unit tests see it, until it is closed; it goes nowhere else meanwhile. */
public final class LogEntries extends Handler implements AutoCloseable {

    /**
     * For {@code @ResourceLock}: the outages of all storages of a JVM are told in one log, so tests that cause some do not run
     * beside those that read it.
     */
    public static final String OF_OUTAGES = "the log of outages";

    private final List<String> levels = new CopyOnWriteArrayList<>();
    private final List<String> messages = new CopyOnWriteArrayList<>();
    private final Logger logger;

    private LogEntries(Logger logger) {
        this.logger = logger;
    }

    /** Begins to listen. */
    public static LogEntries of(Class<?> logging) {
        var entries = new LogEntries(Logger.getLogger(logging.getName()));
        entries.logger.setUseParentHandlers(false);
        entries.logger.addHandler(entries);
        return entries;
    }

    @Override
    public void publish(LogRecord entry) {
        if (entry.getLevel().intValue() >= Level.INFO.intValue()) {
            levels.add(entry.getLevel().getName());
            messages.add(entry.getMessage());
        }
    }

    /** {@return the level of each entry, from INFO on} */
    public List<String> entries() {
        return levels;
    }

    /** {@return the text of each} */
    public List<String> messages() {
        return messages;
    }

    @Override
    public void flush() {
        // Nothing is kept back.
    }

    @Override
    public void close() {
        logger.removeHandler(this);
        logger.setUseParentHandlers(true);
    }
}
