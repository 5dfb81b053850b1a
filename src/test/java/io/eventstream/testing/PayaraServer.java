package io.eventstream.testing;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.jboss.shrinkwrap.api.Archive;

/** Payara Server with a domain of its own, in the process that its launcher would start; administration by its REST. */
final class PayaraServer implements ServerUnderTest {

    private static final Pattern ENTRY = Pattern.compile("^\\[\\d{4}-");
    private static final Pattern PROBLEM = Pattern.compile("\\[SEVERE\\]|Exception|Error\\b");
    private static final String BOUNDARY = "eventstream-boundary";
    private static final Duration PATIENCE = Duration.ofMinutes(3);

    private final Path home = ServerProcess.home("payara-server");
    /** Over HTTP/2 the connection is closed under a deployment that takes longer than 30 s. */
    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private final Path directory;
    private final Port port;
    private final Port administrationPort;

    /** What it listens on besides, so that they stay ours. */
    private final List<Port> otherPorts = new ArrayList<>();

    private final URI administration;
    private final ServerProcess process;

    /** Starts it; returns once it takes deployments. */
    PayaraServer() {
        try {
            directory = Files.createDirectories(ServerProcess.directory("payara-server"));
            Path domain = directory.resolve("domains/domain1");
            copy(home.resolve("glassfish/domains/domain1"), domain);
            port = Port.claim(18600, 18609);
            administrationPort = Port.claim(18610, 18619);
            administration = URI.create("http://127.0.0.1:" + administrationPort + "/management/domain/");
            configure(domain.resolve("config/domain.xml"));
            Process started = new ProcessBuilder(command())
                    .directory(directory.toFile())
                    .redirectOutput(directory.resolve("output.log").toFile())
                    .redirectErrorStream(true)
                    .start();
            // It reads passwords, to the end; so its input is not what it could live by.
            started.getOutputStream().close();
            Runtime.getRuntime().addShutdownHook(new Thread(started::destroyForcibly));
            process = new ServerProcess(
                    "Payara Server", started, new ServerLog(domain.resolve("logs/server.log"), ENTRY, PROBLEM));
        } catch (IOException e) {
            throw new IllegalStateException("Payara Server did not start", e);
        }
        process.awaitListening(administrationPort);
        Awaitility.await("Payara Server's administration").atMost(PATIENCE).until(() -> {
            process.requireAlive();
            return answers();
        });
        process.awaitListening(port);
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : (Iterable<Path>) files::iterator) {
                Path target = to.resolve(from.relativize(file).toString());
                if (Files.isDirectory(file)) {
                    Files.createDirectories(target);
                } else {
                    Files.copy(file, target, StandardCopyOption.REPLACE_EXISTING);
                }
            }
        }
    }

    /** Ports of our own, on this machine alone but for OpenMQ's, which Payara binds on all addresses; no cluster. */
    private void configure(Path domain) throws IOException {
        String text = Files.readString(domain)
                .replace("address=\"0.0.0.0\"", "address=\"127.0.0.1\"")
                .replace("<network-listener port=\"8080\"", listener(port))
                .replace("<network-listener port=\"4848\"", listener(administrationPort))
                .replace("<network-listener port=\"8181\"", "<network-listener enabled=\"false\" port=\"8181\"")
                .replace(
                        "name=\"JMS_PROVIDER_PORT\" value=\"7676\"",
                        "name=\"JMS_PROVIDER_PORT\" value=\"" + claim(18670, 18679) + "\"")
                .replace(
                        "<hazelcast-config-specific-configuration>",
                        "<hazelcast-config-specific-configuration enabled=\"false\">")
                .replace(
                        "<jvm-options>-Xmx512m</jvm-options>",
                        "<jvm-options>-Xmx1g</jvm-options><jvm-options>" + JvmProbe.OPTION + "</jvm-options>");
        int next = 18620;
        for (String known : List.of("port=\"3700\"", "port=\"3820\"", "port=\"3920\"", "port=\"8686\"")) {
            text = text.replace(known, "port=\"" + claim(next, next + 9) + "\"");
            next += 10;
        }
        text = text.replace("telnet.port=6666", "telnet.port=" + claim(next, next + 9));
        Files.writeString(domain, text);
    }

    private Port claim(int first, int last) {
        Port claimed = Port.claim(first, last);
        otherPorts.add(claimed);
        return claimed;
    }

    private static String listener(Port port) {
        return "<network-listener address=\"127.0.0.1\" port=\"" + port + "\"";
    }

    /** What the launcher says it would start, so that the process is ours to end. */
    private List<String> command() throws IOException {
        Process launcher = new ProcessBuilder(
                        ServerProcess.JAVA,
                        "-jar",
                        home.resolve("glassfish/lib/client/appserver-cli.jar").toString(),
                        "start-domain",
                        "--dry-run",
                        "--domaindir",
                        directory.resolve("domains").toString(),
                        "domain1")
                .redirectErrorStream(true)
                .start();
        List<String> lines = new String(launcher.getInputStream().readAllBytes(), UTF_8)
                .lines()
                .dropWhile(line -> !line.endsWith("bin/java"))
                .takeWhile(line -> !line.startsWith("Command start-domain"))
                .filter(line -> !line.isBlank())
                .toList();
        if (lines.isEmpty()) {
            throw new IOException("The launcher of Payara Server names no command");
        }
        return lines;
    }

    private boolean answers() {
        try {
            return http.send(request("version").GET().build(), BodyHandlers.discarding())
                            .statusCode()
                    == 200;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(administration.resolve(path))
                .header("X-Requested-By", "tests")
                .header("Accept", "application/json");
    }

    @Override
    public Deployed deploy(Archive<?> archive) {
        String name = ServerProcess.nameOf(archive);
        Path file = ServerProcess.export(archive, directory);
        var form = new StringBuilder();
        Map.of("id", file.toString(), "name", name, "contextroot", "/" + name)
                .forEach((key, value) -> form.append("--")
                        .append(BOUNDARY)
                        .append("\r\nContent-Disposition: form-data; name=\"")
                        .append(key)
                        .append("\"\r\n\r\n")
                        .append(value)
                        .append("\r\n"));
        form.append("--").append(BOUNDARY).append("--\r\n");
        administer(request("applications/application")
                .header("Content-Type", "multipart/form-data; boundary=" + BOUNDARY)
                .POST(BodyPublishers.ofString(form.toString()))
                .build());
        return new Deployed(
                URI.create("http://127.0.0.1:" + port + "/" + name),
                () -> administer(
                        request("applications/application/" + name).DELETE().build()));
    }

    private synchronized void administer(HttpRequest request) {
        try {
            HttpResponse<String> response = http.send(request, BodyHandlers.ofString());
            if (response.statusCode() != 200) {
                throw new DeploymentRefusedException(response.body());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** As on Payara Micro. */
    @Override
    public boolean cancelledStreamEndsItsConnection() {
        return true;
    }

    /** OpenMQ, which starts with the first connection. */
    @Override
    public BrokerOfServer broker() {
        return BrokerOfServer.THERE;
    }

    @Override
    public boolean opensUnitsBeforeApplications() {
        return true;
    }

    @Override
    public ServerProcess process() {
        return process;
    }
}
