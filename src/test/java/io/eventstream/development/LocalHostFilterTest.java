package io.eventstream.development;

import static io.eventstream.config.ConfigFixtures.config;
import static org.assertj.core.api.Assertions.assertThat;

import io.eventstream.config.EventStreamConfig;
import io.eventstream.http.HttpFixtures;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.glassfish.jersey.server.ContainerRequest;
import org.junit.jupiter.api.Test;

class LocalHostFilterTest {

    private final EventStreamConfig development = config("eventstream.development", "true");

    @Test
    void letsPassWhatNamesThisMachine() {
        assertThat(filtered(development, "localhost:8080").getAbortResponse()).isNull();
    }

    @Test
    void refusesAnotherNameWithAReason() {
        Response refusal = filtered(development, "evil.example").getAbortResponse();

        assertThat(refusal.getStatus()).isEqualTo(403);
        assertThat(refusal.getMediaType()).isEqualTo(MediaType.TEXT_PLAIN_TYPE);
        assertThat(refusal.getEntity())
                .isEqualTo("With eventstream.development = true only localhost, 127.0.0.1 and [::1] are answered\n");
    }

    @Test
    void letsEverythingPassOutsideOfDevelopment() {
        assertThat(filtered(config(), "example.org").getAbortResponse()).isNull();
    }

    private static ContainerRequest filtered(EventStreamConfig config, String host) {
        ContainerRequest request = HttpFixtures.get("events", "Host", host);
        new LocalHostFilter(config).filter(request);
        return request;
    }
}
