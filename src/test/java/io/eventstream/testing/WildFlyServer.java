package io.eventstream.testing;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jboss.shrinkwrap.api.Archive;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * WildFly in a process of its own, with a configuration of its distribution, standalone.xml unless
 * {@code wildfly.configuration} names another. What it keeps is in a base directory that is new for each run.
 */
final class WildFlyServer implements ServerUnderTest {

    private static final Pattern ENTRY = Pattern.compile("^\\d\\d:\\d\\d:\\d\\d,\\d{3} ");

    private static final Pattern PROBLEM = Pattern.compile("^\\S+ (?:ERROR|FATAL)|Exception|Error\\b");

    /**
     * Undertow's notice, once for each client that has gone: it closes the response of every failed write on another
     * thread, which fails as well. Only the level of its category silences it, see docs/servers.md.
     */
    private static final Pattern KNOWN = Pattern.compile(
            "ERROR \\[io\\.undertow\\.request\\.io] .*UT005088: Failed to execute ServletOutputStream\\.closeAsync");

    /**
     * Management without signing in, since nobody but this machine can reach it; no look-out for a folder of deployments,
     * which is not there; and a listener that waits longer than the longest keep-alive of a test (docs/servers.md).
     */
    private static final String SETTINGS = """
            wildfly-configuration:
              core-service:
                management:
                  management-interface:
                    http-interface:
                      http-authentication-factory: !undefine
              subsystem:
                deployment-scanner:
                  scanner:
                    default: !remove
                undertow:
                  server:
                    default-server:
                      http-listener:
                        default:
                          write-timeout: 900000
            """;

    /** What every port of the distribution's configurations is moved by. */
    private static final String OFFSET = "-Djboss.socket.binding.port-offset=";

    private static final int DEFAULT_PORT = 8080;

    private static final String DATASOURCE = "java:jboss/datasources/tests";

    /** Relative to the project, in which Maven runs the tests. */
    private static final Path JVM_OPTIONS = Path.of("src/run/wildfly/jvm-options");

    private final Path directory;
    private final String configuration;
    private final Port port;
    private final Port managementPort;
    private final ServerProcess process;
    private final WildFlyManagement management;

    private static final String WITH_BROKER = "standalone-full.xml";

    /** Starts the run's; returns once it takes deployments. */
    WildFlyServer() {
        this("wildfly", claimPort());
    }

    /** Starts one with Artemis inside. */
    static WildFlyServer withBroker(String name, Port port) {
        return new WildFlyServer(name, port, WITH_BROKER);
    }

    static Port claimPort() {
        return Port.claim(18200, 18249);
    }

    /** Starts one on that port; what it writes is kept under that name. */
    WildFlyServer(String name, Port port) {
        this(name, port, System.getProperty("wildfly.configuration", "standalone.xml"));
    }

    private WildFlyServer(String name, Port port, String configuration) {
        this.port = port;
        this.configuration = configuration;
        try {
            directory = ServerProcess.directory(name);
            Path home = ServerProcess.home("wildfly");
            replaceBase(home);
            managementPort = Port.claim(18250, 18299);
            management = new WildFlyManagement(managementPort.number());
            Path logFile = directory.resolve("server.log");
            Process started = new ProcessBuilder(command(home))
                    .directory(directory.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(logFile.toFile())
                    .start();
            process = new ServerProcess("WildFly", started, new ServerLog(logFile, ENTRY, PROBLEM, Optional.of(KNOWN)));
        } catch (IOException e) {
            throw new IllegalStateException("WildFly did not start", e);
        }
        process.awaitListening(managementPort);
        await("WildFly starts, see " + directory.resolve("server.log"))
                .atMost(Duration.ofMinutes(2))
                .until(() -> {
                    process.requireAlive();
                    return management.isRunning();
                });
        process.awaitListening(port);
    }

    private Path base() {
        return directory.resolve("base");
    }

    private void replaceBase(Path home) throws IOException {
        ServerProcess.deleteTree(base());
        Path configuration = Files.createDirectories(base().resolve("configuration"));
        try (Stream<Path> files = Files.list(home.resolve("standalone/configuration"))) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Files.copy(file, configuration.resolve(file.getFileName()), StandardCopyOption.COPY_ATTRIBUTES);
            }
        }
        Files.writeString(configuration.resolve("tests.yml"), SETTINGS);
    }

    private List<String> command(Path home) {
        List<String> command = new ArrayList<>(List.of(
                ServerProcess.JAVA,
                "-Xmx1g",
                JvmProbe.OPTION,
                "@" + JVM_OPTIONS.toAbsolutePath(),
                Lifeline.option(directory)));
        int offset = port.number() - DEFAULT_PORT;
        command.addAll(List.of(
                "-jar",
                home.resolve("jboss-modules.jar").toString(),
                "-mp",
                home.resolve("modules").toString(),
                "org.jboss.as.standalone",
                "-Djboss.home.dir=" + home,
                "-Djboss.server.base.dir=" + base(),
                "-Djboss.bind.address=127.0.0.1",
                "-Djboss.bind.address.management=127.0.0.1",
                OFFSET + offset,
                "-Djboss.management.http.port=" + (managementPort.number() - offset),
                "--server-config=" + configuration,
                "--yaml=tests.yml"));
        return command;
    }

    @Override
    public Deployed deploy(Archive<?> archive) {
        String name = archive.getName();
        management.deploy(name, ServerProcess.export(archive, directory));
        String root = ServerProcess.nameOf(archive);
        return new Deployed(URI.create("http://127.0.0.1:" + port + "/" + root), () -> management.undeploy(name));
    }

    /** One in web.xml keeps its dead connections. */
    @Override
    public Optional<String> defineDatasource(String url) {
        management.deploy(WildFlyManagement.DRIVER, Jars.of(PGSimpleDataSource.class));
        management.addDatasource(DATASOURCE, url);
        return Optional.of(DATASOURCE);
    }

    @Override
    public ServerProcess process() {
        return process;
    }

    /** Not in standalone.xml and standalone-full.xml. */
    @Override
    public boolean hasHealth() {
        return false;
    }

    @Override
    public BrokerOfServer broker() {
        return configuration.equals(WITH_BROKER) ? BrokerOfServer.THERE : BrokerOfServer.IN_ANOTHER_CONFIGURATION;
    }

    /** Hibernate 6.6 asks the database what it is, unless the unit names a dialect. */
    @Override
    public boolean opensUnitsBeforeApplications() {
        return true;
    }

    /** A thread of the worker's pool has its first task on its stack for as long as it lives (jboss-threads 3.9). */
    @Override
    public long requestsHeldByIdleThreads() {
        return process.jvm().threads().stream()
                .filter(name -> name.startsWith("default task-"))
                .count();
    }
}
