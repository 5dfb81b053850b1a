package io.eventstream.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.ToLongFunction;

/** The table of docs/reliability.md: printed, and kept as a file in the tests' directory. One thread at a time. */
final class Report {

    private final String command;
    private final String cluster;
    private final List<String> faults = new ArrayList<>();

    Report(String command, String cluster) {
        this.command = command;
        this.cluster = cluster;
    }

    void suffered(Fault fault, int acknowledgedMeanwhile, Duration recovery) {
        String line = "| %s | %d s | %d | %.1f s |"
                .formatted(
                        fault.name(), fault.length().toSeconds(), acknowledgedMeanwhile, recovery.toMillis() / 1000.0);
        System.out.println(line);
        faults.add(line);
    }

    /** Writes it, and fails where it is not what is promised. */
    void finished(Traffic traffic, Map<String, Map<Long, String>> stored, List<String> wrong, Duration lasted) {
        Ledger ledger = traffic.ledger();
        List<Client> clients = traffic.clients();
        long lost = sum(clients, client -> lost(client, stored));
        long repeated = seen(clients, Seen::repeated);
        long disordered = seen(clients, Seen::disordered);
        long resets = sum(clients, Client::resets);
        long opened = sum(clients, Client::opened);
        int sent = ledger.acknowledged() + ledger.refused() + ledger.unanswered();
        String text = String.join(
                "\n",
                LocalDate.now(ZoneOffset.UTC) + ", `" + command + "`: " + cluster + ", " + lasted.toSeconds() + " s",
                "",
                "| fault, one after the other | for | acknowledged meanwhile | then all clients had everything after |",
                "|---|---|---|---|",
                String.join("\n", faults),
                "",
                "| | |",
                "|---|---|",
                row("publishers, clients", traffic.publishers().size() + ", " + clients.size()),
                row("messages tried", sent),
                row("acknowledged", ledger.acknowledged()),
                row("refused, or no connection: nothing was sent", ledger.refused()),
                row(
                        "no answer; of these stored, once",
                        ledger.unanswered() + "; " + ledger.unansweredButStored(stored)),
                row("events delivered to clients", seen(clients, Seen::delivered)),
                row("streams opened again", opened - clients.size()),
                row("`stream-reset`, `stream-error`", resets + ", " + sum(clients, Client::errors)),
                row("lost, repeated, out of order", lost + ", " + repeated + ", " + disordered),
                row("wrong in the database", wrong.size()),
                "");
        System.out.println("\n" + text);
        wrong.stream().limit(20).forEach(System.out::println);
        keep(text);
        assertThat(wrong).as("what is stored").isEmpty();
        assertThat(List.of(lost, repeated, disordered))
                .as("lost, repeated, out of order")
                .containsOnly(0L);
        // The storage lost nothing, and keeps everything for a day: so there is nothing that a reset would be honest
        // about.
        assertThat(resets).as("resets").isZero();
    }

    private static String row(String name, Object value) {
        return "| " + name + " | " + value + " |";
    }

    private static long seen(List<Client> clients, ToLongFunction<Seen> count) {
        return sum(
                clients,
                client -> client.channels().values().stream().mapToLong(count).sum());
    }

    private static long sum(List<Client> clients, ToLongFunction<Client> count) {
        return clients.stream().mapToLong(count).sum();
    }

    private static long lost(Client client, Map<String, Map<Long, String>> stored) {
        return client.channels().entrySet().stream()
                .mapToLong(one -> one.getValue().lost(stored.getOrDefault(one.getKey(), Map.of())))
                .sum();
    }

    private void keep(String text) {
        try {
            Path directory = Files.createDirectories(Path.of(System.getProperty("eventstream.it.directory")));
            Files.writeString(directory.resolve("chaos-" + faults.size() + "-faults.md"), text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
