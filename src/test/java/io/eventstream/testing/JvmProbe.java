package io.eventstream.testing;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Looks into another process with the JDK's own tool.
 *
 * @param pid of the process
 */
public record JvmProbe(long pid) {

    /**
     * For the command of a process that is looked into: what is only softly reachable, such as a cache or the latest
     * entries of a log, goes with each full collection, so that it does not count.
     */
    static final String OPTION = "-XX:SoftRefLRUPolicyMSPerMB=0";

    private static final Pattern THREAD = Pattern.compile("(?m)^\"([^\"]*)\"");
    private static final Pattern NUMBER = Pattern.compile("(?m)^\"[^\"]*\" #(\\d+)");
    private static final Pattern TOTAL = Pattern.compile("(?m)^Total\\s+\\d+\\s+(\\d+)");

    /** {@return the names of all threads} */
    public List<String> threads() {
        return THREAD.matcher(jcmd("Thread.print"))
                .results()
                .map(match -> match.group(1))
                .toList();
    }

    /** {@return the numbers of all threads} */
    public Set<Long> threadNumbers() {
        return NUMBER.matcher(jcmd("Thread.print"))
                .results()
                .map(match -> Long.valueOf(match.group(1)))
                .collect(Collectors.toSet());
    }

    /** {@return the names of those that begin with that prefix or run code of such a package} */
    public List<String> threads(String prefix, String packagePrefix) {
        return Arrays.stream(jcmd("Thread.print").split("\n\n"))
                .filter(thread -> thread.startsWith("\"" + prefix) || thread.contains("\tat " + packagePrefix))
                .map(thread -> thread.lines().findFirst().orElseThrow())
                .toList();
    }

    /** {@return how many class loaders hold a class of that name, after a garbage collection} */
    public long loadersOf(String type) {
        jcmd("GC.run");
        return Pattern.compile("(?m)^.*\\b" + Pattern.quote(type) + "/")
                .matcher(jcmd("VM.class_hierarchy", type))
                .results()
                .count();
    }

    /** {@return how many instances of each of these classes are reachable, after a garbage collection} */
    public List<Long> instances(List<String> classes) {
        String histogram = jcmd("GC.class_histogram");
        return classes.stream().map(name -> instances(histogram, name)).toList();
    }

    /** {@return bytes that are reachable, after a garbage collection} */
    public long reachableBytes() {
        var total = TOTAL.matcher(jcmd("GC.class_histogram"));
        if (!total.find()) {
            throw new IllegalStateException("No total in the class histogram of process " + pid);
        }
        return Long.parseLong(total.group(1));
    }

    private static long instances(String histogram, String type) {
        // num: #instances #bytes class name, one a line; a class can be there once for each class loader.
        return Pattern.compile("(?m)^\\s*\\d+:\\s+(\\d+)\\s+\\d+\\s+" + Pattern.quote(type) + "(?:\\s|$)")
                .matcher(histogram)
                .results()
                .mapToLong(match -> Long.parseLong(match.group(1)))
                .sum();
    }

    private String jcmd(String... command) {
        List<String> line = new ArrayList<>(List.of(System.getProperty("java.home") + "/bin/jcmd", Long.toString(pid)));
        line.addAll(List.of(command));
        try {
            Process process = new ProcessBuilder(line).redirectErrorStream(true).start();
            return new String(process.getInputStream().readAllBytes(), UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
