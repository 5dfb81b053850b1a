package io.eventstream.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.eventstream.testing.Container;
import io.eventstream.testing.ContainerTest;
import io.eventstream.testing.Hub;
import io.eventstream.testing.RawHttp;
import jakarta.json.Json;
import java.io.StringReader;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The hub on the server's default datasource. */
@ContainerTest
class HubStorageIT {

    private static final String TOKEN = "token";

    private final Container container;

    HubStorageIT(Container container) {
        this.container = container;
    }

    /** {@return the id of an event that a hub is sent, while it is deployed for that} */
    private long publish(String storage) {
        try (var hub = container.deploy(Hub.war(
                        "hub-storage", Map.of("eventstream.storage", storage, "eventstream.publish.token", TOKEN)));
                var client = RawHttp.connect(hub.base())) {
            String answer = client.request(
                            "POST",
                            "/events/hub-storage",
                            Map.of("Content-Type", "application/json", "Authorization", "Bearer " + TOKEN),
                            "1")
                    .awaitEnd()
                    .text();
            try (var reader = Json.createReader(new StringReader(answer))) {
                return reader.readObject().getInt("id", 0);
            }
        }
    }

    private List<String> talkOfTables(long logEnd) {
        return container.log().since(logEnd).stream()
                .filter(entry -> entry.toLowerCase().contains("eventstream_"))
                .toList();
    }

    @Test
    void storesOnWithTablesThatAreThereAndSaysNothingOfThem() {
        long first = publish("jpa");
        long logEnd = container.log().end();

        assertThat(publish("jpa")).isEqualTo(first + 1);
        assertThat(talkOfTables(logEnd)).isEmpty();
        assertThat(container.log().problemsSince(logEnd)).isEmpty();
    }

    @Test
    void leavesTheDatabaseAloneWhereNothingIsStored() {
        publish("jpa");
        long logEnd = container.log().end();

        assertThat(publish("none")).isZero();
        assertThat(talkOfTables(logEnd)).isEmpty();
    }
}
