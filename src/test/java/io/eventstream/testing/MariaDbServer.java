package io.eventstream.testing;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** MariaDB, as its Debian package installs it. */
public final class MariaDbServer extends DatabaseServer {

    private int port;

    /** Starts one of a test's own, which closes it; else tests take the run's as a parameter. */
    public MariaDbServer() {
        super("mariadb", "mysql", 18750, 18779);
    }

    private static Path program(String name) {
        return program(
                "MariaDB",
                "mariadb-server",
                Stream.of("/usr/sbin", "/usr/bin", "/usr/local/bin").map(bin -> Path.of(bin, name)));
    }

    @Override
    void setUp(Path directory) throws IOException {
        run(asAccount(List.of(
                program("mariadb-install-db").toString(),
                "--no-defaults",
                dataOption(directory),
                "--auth-root-authentication-method=normal",
                "--skip-test-db")));
    }

    private static String dataOption(Path directory) {
        return "--datadir=" + directory.resolve("data");
    }

    @Override
    Process start(Path directory) throws IOException {
        return begin(asAccount(List.of(
                program("mariadbd").toString(),
                "--no-defaults",
                dataOption(directory),
                "--port=" + port(),
                "--bind-address=127.0.0.1",
                "--socket=" + directory.resolve("socket"),
                "--max-connections=400",
                // Tests kill clients, never the machine.
                "--innodb-flush-log-at-trx-commit=0",
                // As its distributions have it: with a case-insensitive collation, and gap locks.
                "--character-set-server=utf8mb4",
                "--collation-server=utf8mb4_general_ci",
                "--transaction-isolation=REPEATABLE-READ")));
    }

    @Override
    String stopSignal() {
        return "TERM";
    }

    @Override
    String administrationUrl() {
        return "jdbc:mariadb://127.0.0.1:" + port() + "/?user=root";
    }

    @Override
    public String database(String name) {
        execute("CREATE DATABASE IF NOT EXISTS " + name);
        return "jdbc:mariadb://127.0.0.1:" + port() + "/" + name + "?user=root";
    }
}
