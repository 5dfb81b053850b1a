package io.eventstream.spi;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class StreamRequestTest {

    @Test
    void hasTheValuesOfAQueryParameterInOrder() {
        StreamRequest request = request(Map.of("channel", List.of("b", "a", "b")));

        assertThat(request.query("channel")).containsExactly("b", "a", "b");
        assertThat(request.query("other")).isEmpty();
    }

    @Test
    void hasTheHeadersThatWereAskedFor() {
        var request =
                new StreamRequest(EventStreamUser.ANONYMOUS, Set.of(), Map.of(), Map.of(), Map.of("X-Tenant", "acme"));

        assertThat(request.header("X-Tenant")).contains("acme");
        assertThat(request.header("X-Other")).isEmpty();
    }

    @Test
    void isACopyDownToTheValuesOfParameters() {
        var values = new ArrayList<>(List.of("a"));
        var parameters = new HashMap<String, List<String>>(Map.of("channel", values));
        StreamRequest request = request(parameters);
        values.add("b");
        parameters.clear();

        assertThat(request.query("channel")).containsExactly("a").isUnmodifiable();
    }

    private static StreamRequest request(Map<String, List<String>> query) {
        return new StreamRequest(EventStreamUser.ANONYMOUS, Set.of(), Map.of(), query, Map.of());
    }
}
