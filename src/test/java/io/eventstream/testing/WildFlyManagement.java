package io.eventstream.testing;

import static java.nio.charset.StandardCharsets.UTF_8;

import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;

/** WildFly's management over HTTP: operations as JSON, each answered when it is done. Safe for use by many threads. */
final class WildFlyManagement {

    /** What the driver is deployed as. */
    static final String DRIVER = "postgresql.jar";

    private static final String POSTGRESQL = "org.jboss.jca.adapters.jdbc.extensions.postgres.";

    private final HttpClient client = HttpClient.newHttpClient();
    private final URI address;

    WildFlyManagement(int port) {
        address = URI.create("http://127.0.0.1:" + port + "/management");
    }

    /** {@return whether the server has started; false also while nobody answers} */
    boolean isRunning() {
        try {
            JsonObject answer = execute(Json.createObjectBuilder()
                    .add("operation", "read-attribute")
                    .add("name", "server-state"));
            return answer.getString("result", "").equals("running");
        } catch (UncheckedIOException e) {
            return false;
        }
    }

    /** @throws DeploymentRefusedException with the server's words */
    void deploy(String name, Path file) {
        var content = Json.createObjectBuilder().add("url", file.toUri().toString());
        require(deployment("add", name)
                .add("content", Json.createArrayBuilder().add(content))
                .add("enabled", true));
    }

    /** Adds one on PostgreSQL, whose driver is deployed; a connection is tried before each use. */
    void addDatasource(String jndiName, String url) {
        require(Json.createObjectBuilder()
                .add("operation", "add")
                .add(
                        "address",
                        Json.createArrayBuilder()
                                .add(Json.createObjectBuilder().add("subsystem", "datasources"))
                                .add(Json.createObjectBuilder().add("data-source", "tests")))
                .add("jndi-name", jndiName)
                .add("driver-name", DRIVER)
                .add("connection-url", url)
                .add("validate-on-match", true)
                .add("valid-connection-checker-class-name", POSTGRESQL + "PostgreSQLValidConnectionChecker")
                .add("exception-sorter-class-name", POSTGRESQL + "PostgreSQLExceptionSorter"));
    }

    void undeploy(String name) {
        JsonArrayBuilder steps =
                Json.createArrayBuilder().add(deployment("undeploy", name)).add(deployment("remove", name));
        require(Json.createObjectBuilder().add("operation", "composite").add("steps", steps));
    }

    private static JsonObjectBuilder deployment(String operation, String name) {
        return Json.createObjectBuilder()
                .add("operation", operation)
                .add(
                        "address",
                        Json.createArrayBuilder().add(Json.createObjectBuilder().add("deployment", name)));
    }

    private void require(JsonObjectBuilder operation) {
        JsonObject answer = execute(operation);
        if (!answer.getString("outcome").equals("success")) {
            throw new DeploymentRefusedException(
                    answer.get("failure-description").toString());
        }
    }

    private JsonObject execute(JsonObjectBuilder operation) {
        HttpRequest request = HttpRequest.newBuilder(address)
                .header("Content-Type", "application/json")
                .timeout(Duration.ofMinutes(2))
                .POST(BodyPublishers.ofString(operation.build().toString()))
                .build();
        try {
            String answer = client.send(request, BodyHandlers.ofString(UTF_8)).body();
            if (!answer.startsWith("{")) {
                throw new IOException("No answer of the management, but " + answer);
            }
            try (var reader = Json.createReader(new StringReader(answer))) {
                return reader.readObject();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while the server worked", e);
        }
    }
}
