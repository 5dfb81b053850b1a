package io.eventstream.testing;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.jar.JarFile;
import java.util.regex.Pattern;
import org.jboss.shrinkwrap.api.Archive;
import org.jboss.shrinkwrap.api.ShrinkWrap;
import org.jboss.shrinkwrap.api.exporter.ZipExporter;
import org.jboss.shrinkwrap.api.spec.JavaArchive;

/** Payara Micro in a process of its own. */
final class PayaraMicroServer implements ServerUnderTest {

    private static final Pattern ENTRY = Pattern.compile("^\\[\\d{4}-");

    private static final Pattern PROBLEM = Pattern.compile("\\[SEVERE\\]|Exception|Error\\b");

    private final Path directory;
    private final Port port;
    private final ServerProcess process;
    private final PrintWriter commands;
    private final BufferedReader answers;

    /** Starts the run's; returns once it takes deployments. */
    PayaraMicroServer() {
        this("payara", claimPort());
    }

    /** Starts one on that port; what it writes is kept under that name. */
    PayaraMicroServer(String name, Port port) {
        this.port = port;
        try {
            directory = Files.createDirectories(ServerProcess.directory(name));
            Path logFile = directory.resolve("server.log");
            Process started = new ProcessBuilder(command())
                    .directory(directory.toFile())
                    .redirectError(logFile.toFile())
                    .start();
            process = new ServerProcess("Payara Micro", started, new ServerLog(logFile, ENTRY, PROBLEM));
        } catch (IOException e) {
            throw new IllegalStateException("Payara Micro did not start", e);
        }
        commands = new PrintWriter(process.process().outputWriter(UTF_8), true);
        answers = process.process().inputReader(UTF_8);
        answer();
        process.awaitListening(port);
    }

    static Port claimPort() {
        return Port.claim(18100, 18199);
    }

    private List<String> command() throws IOException {
        String payara = ServerProcess.home("payara-micro").toString();
        // Nothing else of the tests, since the server's applications would find it there before their own.
        File ours = directory.resolve("launcher.jar").toFile();
        ShrinkWrap.create(JavaArchive.class)
                .addClass(PayaraMicroMain.class)
                .as(ZipExporter.class)
                .exportTo(ours, true);
        Path temporary = Files.createDirectories(directory.resolve("tmp"));
        List<String> command = new ArrayList<>(
                List.of(ServerProcess.JAVA, "-Xmx1g", JvmProbe.OPTION, "-Djava.io.tmpdir=" + temporary));
        command.addAll(openedPackages(payara));
        command.addAll(
                List.of("-cp", payara + File.pathSeparator + ours, PayaraMicroMain.class.getName(), port.toString()));
        return command;
    }

    /** What {@code java -jar} would take from the manifest. */
    private static List<String> openedPackages(String payara) throws IOException {
        try (var jar = new JarFile(payara)) {
            var attributes = jar.getManifest().getMainAttributes();
            List<String> options = new ArrayList<>();
            for (String name : List.of("Add-Opens", "Add-Exports")) {
                for (String opened : attributes.getValue(name).split(" ")) {
                    options.add("--" + name.toLowerCase() + "=" + opened + "=ALL-UNNAMED");
                }
            }
            return options;
        }
    }

    @Override
    public Deployed deploy(Archive<?> archive) {
        String name = ServerProcess.nameOf(archive);
        Path file = ServerProcess.export(archive, directory);
        run("deploy", "--name", name, "--contextroot", "/" + name, file.toString());
        return new Deployed(URI.create("http://127.0.0.1:" + port + "/" + name), () -> run("undeploy", name));
    }

    private synchronized void run(String... command) {
        commands.println(String.join("\t", command));
        String failure = answer();
        if (!failure.isEmpty()) {
            throw new DeploymentRefusedException(failure);
        }
    }

    private String answer() {
        try {
            for (String line = answers.readLine(); line != null; line = answers.readLine()) {
                if (line.startsWith(PayaraMicroMain.ANSWER)) {
                    return new String(
                            Base64.getDecoder().decode(line.substring(PayaraMicroMain.ANSWER.length())), UTF_8);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        throw new IllegalStateException("Payara Micro has ended; see " + directory.resolve("server.log"));
    }

    /** Grizzly 4.0: a write to a stream that was reset fails for the whole connection, and the end of one is a write. */
    @Override
    public boolean cancelledStreamEndsItsConnection() {
        return true;
    }

    @Override
    public boolean deploysEars() {
        return false;
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
