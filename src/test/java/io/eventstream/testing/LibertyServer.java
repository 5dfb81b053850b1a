package io.eventstream.testing;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.h2.Driver;
import org.jboss.shrinkwrap.api.Archive;
import org.postgresql.ds.PGSimpleDataSource;

/** Open Liberty in a process of its own. It deploys what lies in a directory, and its log tells how that went. */
final class LibertyServer implements ServerUnderTest {

    private static final String NAME = "eventstream";
    private static final Pattern ENTRY = Pattern.compile("^\\[[A-Z]+ *\\] ");
    private static final Pattern PROBLEM = Pattern.compile("^\\[ERROR|Exception|Error\\b");
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final Path home;
    private final Path directory;
    private final Path applications;
    private final Port port;
    private final ServerProcess process;

    /** By name: the server may overlook a file that takes the place of one that it has just refused. */
    private final Map<String, Integer> refusals = new HashMap<>();

    /** Starts the run's; returns once it takes deployments. */
    LibertyServer() {
        this("liberty", claimPort());
    }

    /** Starts one with a messaging engine inside. */
    static LibertyServer withBroker(String name, Port port) {
        return new LibertyServer(name, port, List.of("broker.xml"));
    }

    static Port claimPort() {
        return Port.claim(18300, 18399);
    }

    /** Starts one on that port; what it writes is kept under that name. */
    LibertyServer(String name, Port port) {
        this(name, port, List.of());
    }

    /** Merges those files into its configuration. */
    private LibertyServer(String name, Port port, List<String> more) {
        this.port = port;
        home = ServerProcess.home("liberty");
        directory = ServerProcess.directory(name);
        Path configuration = directory.resolve("servers").resolve(NAME);
        applications = configuration.resolve("dropins");
        Path logFile = directory.resolve("server.log");
        try {
            ServerProcess.deleteTree(directory);
            Files.createDirectories(applications);
            configure(configuration, more);
            var builder = new ProcessBuilder(command())
                    .directory(directory.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(logFile.toFile());
            builder.environment().put("WLP_USER_DIR", directory.toString());
            builder.environment()
                    .put("WLP_OUTPUT_DIR", directory.resolve("output").toString());
            process = new ServerProcess("Open Liberty", builder.start(), new ServerLog(logFile, ENTRY, PROBLEM));
        } catch (IOException e) {
            throw new IllegalStateException("Open Liberty did not start", e);
        }
        told(0, "CWWKF0011I");
        process.awaitListening(port);
    }

    private void configure(Path configuration, List<String> more) throws IOException {
        copy("server.xml", configuration);
        Path overrides = Files.createDirectories(configuration.resolve("configDropins/overrides"));
        for (String file : more) {
            copy(file, overrides);
        }
        Files.writeString(configuration.resolve("bootstrap.properties"), "http.port=" + port + "\n");
        Path drivers = Files.createDirectories(configuration.resolve("jdbc"));
        Files.copy(Jars.of(Driver.class), drivers.resolve("h2.jar"));
        Files.copy(Jars.of(PGSimpleDataSource.class), drivers.resolve("postgresql.jar"));
    }

    private static void copy(String resource, Path directory) throws IOException {
        try (InputStream file = LibertyServer.class.getResourceAsStream("/liberty/" + resource)) {
            Files.copy(file, directory.resolve(resource));
        }
    }

    /** What the server's own script would run. */
    private List<String> command() {
        int java = Runtime.version().feature();
        List<String> command =
                new ArrayList<>(List.of(ServerProcess.JAVA, "-Xmx1g", JvmProbe.OPTION, Lifeline.option(directory)));
        command.add("@" + home.resolve("lib/platform/java/java" + (java < 24 ? 9 : 24) + ".options"));
        command.add("-javaagent:" + home.resolve("bin/tools/ws-javaagent.jar"));
        command.addAll(List.of("-jar", home.resolve("bin/tools/ws-server.jar").toString(), NAME));
        return command;
    }

    @Override
    public synchronized Deployed deploy(Archive<?> archive) {
        String given = archive.getName();
        int refused = refusals.getOrDefault(given, 0);
        String name = ServerProcess.nameOf(archive) + (refused == 0 ? "" : "-" + refused);
        Path file = applications.resolve(name + given.substring(given.lastIndexOf('.')));
        long logEnd = process.log().end();
        try {
            // Complete at once, since the server looks whenever it likes.
            Files.move(ServerProcess.export(archive, directory), file, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        boolean started = false;
        try {
            String outcome =
                    told(logEnd, "CWWK(Z0001I|Z0003I|Z000[24]E|Z0012[EI]|Z0020I).*\\b" + Pattern.quote(name) + "\\b");
            started = outcome.matches("(?s).*CWWKZ000[13]I.*");
        } finally {
            if (!started) {
                delete(file); // or the server is not ready for as long as it is there
                refusals.put(given, refused + 1);
            }
        }
        if (!started) {
            throw new DeploymentRefusedException(String.join("\n", process.log().since(logEnd)));
        }
        return new Deployed(URI.create("http://127.0.0.1:" + port + "/" + name), () -> undeploy(name, file));
    }

    private synchronized void undeploy(String name, Path file) {
        long logEnd = process.log().end();
        delete(file);
        told(logEnd, "CWWKZ0009I.*\\b" + Pattern.quote(name) + "\\b");
    }

    private static void delete(Path file) {
        try {
            Files.delete(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** {@return the entry that matches, once it is there} */
    private String told(long logEnd, String message) {
        Pattern pattern = Pattern.compile(message);
        return patiently()
                .until(() -> find(logEnd, pattern), Optional::isPresent)
                .orElseThrow();
    }

    private Optional<String> find(long logEnd, Pattern pattern) {
        process.requireAlive();
        return process.log().since(logEnd).stream()
                .filter(entry -> pattern.matcher(entry).find())
                .findFirst();
    }

    private static ConditionFactory patiently() {
        return Awaitility.await("the server's log")
                .atMost(PATIENCE)
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(20));
    }

    @Override
    public BrokerOfServer broker() {
        return BrokerOfServer.IN_ANOTHER_CONFIGURATION;
    }

    @Override
    public boolean stalledClientHoldsThread() {
        return true;
    }

    @Override
    public ServerProcess process() {
        return process;
    }
}
