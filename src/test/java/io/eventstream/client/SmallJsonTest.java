package io.eventstream.client;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.Json;
import java.io.StringReader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SmallJsonTest {

    @Test
    void findsTextsAndNumbers() {
        String json = "{\"channel\":\"a \\\"id\\\":5\", \"id\" : 17, \"text\":\"x\\n\\u00e9\\/\"}";

        assertThat(SmallJson.number(json, "id")).hasValue(17);
        assertThat(SmallJson.text(json, "text")).hasValue("x\né/");
        assertThat(SmallJson.text(json, "condition")).isEmpty();
        assertThat(SmallJson.number("{}", "id")).isEmpty();
    }

    @Test
    void findsTheTextsOfAnArray() {
        assertThat(SmallJson.texts("{\"channels\":[\"a\",\"b]\\\\\", \"\"]}", "channels"))
                .containsExactly("a", "b]\\", "");
        assertThat(SmallJson.texts("{\"channels\":[]}", "channels")).isEmpty();
        assertThat(SmallJson.texts("{}", "channels")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "plain", "\"quoted\" \\ \n\r\t\0", "häß\uD83D\uDE00"})
    void quotesSoThatOthersReadTheSame(String text) {
        try (var reader = Json.createReader(new StringReader("[" + SmallJson.quoted(text) + "]"))) {
            assertThat(reader.readArray().getString(0)).isEqualTo(text);
        }
    }
}
