package io.eventstream.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Holds docs/configuration.md to the settings there are. */
class ConfigurationDocumentTest {

    private static final Path DOCUMENT = Path.of("docs/configuration.md");

    /** A row of the table. */
    record Row(String key, String defaultText, String allowed, String meaning) {

        static Row of(Setting<?> setting) {
            return new Row(
                    code(setting.key()),
                    setting.defaultText().isEmpty() ? "none" : code(setting.defaultText()),
                    setting.allowed(),
                    setting.meaning());
        }

        static Row of(String line) {
            List<String> cells =
                    Arrays.stream(line.split("\\|", -1)).map(String::trim).toList();
            assertThat(cells).as(line).hasSize(6);
            return new Row(cells.get(1), cells.get(2), cells.get(3), cells.get(4));
        }

        private static String code(String text) {
            return "`" + text + "`";
        }
    }

    @Test
    void hasARowForEachSettingInOrder() throws IOException {
        assertThat(rows())
                .containsExactlyElementsOf(Settings.ALL.stream().map(Row::of).toList());
    }

    @ParameterizedTest
    @MethodSource("refusedSettings")
    void showsMessagesThatReallyCome(InvalidSettingException refused) throws IOException {
        assertThat(Files.readString(DOCUMENT).lines()).contains(refused.getMessage());
    }

    static Stream<InvalidSettingException> refusedSettings() {
        return Stream.of(
                refused("eventstream.keep-alive", "20", "eventstream.console", "yes"),
                refused("eventstream.cors.allow-credentials", "true", "eventstream.cors.allow-origins", "*"),
                refused("eventstream.storage.retention.\"news-*\"", "1h"),
                refused("eventstream.transport", "redis"),
                refused("eventstream.grip.url", "http://localhost:5561"));
    }

    @Test
    void showsTheWarningThatReallyComes() throws IOException {
        assertThat(Files.readString(DOCUMENT).lines())
                .containsAll(UnknownSettings.warnings(FakeConfig.of("eventstream.keepalive", "PT20S")));
    }

    private static InvalidSettingException refused(String... keysAndValues) {
        try {
            EventStreamConfig.from(FakeConfig.of(keysAndValues));
        } catch (InvalidSettingException e) {
            return e;
        }
        throw new AssertionError("These settings are fine: " + List.of(keysAndValues));
    }

    private static List<Row> rows() throws IOException {
        try (Stream<String> lines = Files.lines(DOCUMENT)) {
            return lines.filter(line -> line.startsWith("| `eventstream."))
                    .map(Row::of)
                    .toList();
        }
    }
}
