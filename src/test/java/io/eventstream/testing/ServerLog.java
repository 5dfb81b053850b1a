package io.eventstream.testing;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** The file that a server logs to. Safe for use by many threads. */
public final class ServerLog {

    private static final Pattern COLOURS = Pattern.compile("\u001B\\[[0-9;]*m");

    private final Path file;
    private final Pattern entryStart;
    private final Pattern problem;
    private final Optional<Pattern> known;

    /**
     * Reads that file.
     *
     * @param entryStart how the first line of an entry begins
     * @param problem found in entries that tell of a failure
     */
    public ServerLog(Path file, Pattern entryStart, Pattern problem) {
        this(file, entryStart, problem, Optional.empty());
    }

    /**
     * Reads that file.
     *
     * @param known found in entries that no application on that server can avoid
     */
    ServerLog(Path file, Pattern entryStart, Pattern problem, Optional<Pattern> known) {
        this.file = file;
        this.entryStart = entryStart;
        this.problem = problem;
        this.known = known;
    }

    Path file() {
        return file;
    }

    /** {@return where the log ends now} */
    public long end() {
        try {
            return Files.size(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** {@return what was logged since it ended there} */
    public List<String> since(long end) {
        try (var in = Files.newInputStream(file)) {
            in.skipNBytes(end);
            String text = COLOURS.matcher(new String(in.readAllBytes(), UTF_8)).replaceAll("");
            return Arrays.stream(text.split("(?m)(?=" + entryStart + ")"))
                    .map(String::strip)
                    .filter(entry -> !entry.isEmpty())
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** {@return those entries since then that tell of a failure} */
    public List<String> problemsSince(long end) {
        return since(end).stream()
                .filter(entry -> problem.matcher(entry).find())
                .filter(entry ->
                        known.stream().noneMatch(one -> one.matcher(entry).find()))
                .toList();
    }
}
