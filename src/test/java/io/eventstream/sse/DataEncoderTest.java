package io.eventstream.sse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.eventstream.api.DataNotEncodableException;
import io.eventstream.testing.FakeInstance;
import jakarta.json.bind.Jsonb;
import jakarta.json.bind.JsonbBuilder;
import jakarta.json.bind.JsonbConfig;
import jakarta.json.bind.JsonbException;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.sse.OutboundSseEvent;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Stream;
import org.glassfish.jersey.media.sse.OutboundEvent;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class DataEncoderTest {

    private static final Logger YASSON = Logger.getLogger("org.eclipse.yasson");

    private final DataEncoder encoder = new DataEncoder();

    @BeforeAll
    static void expectYassonToComplainOfWhatItCannotWrite() {
        YASSON.setLevel(Level.OFF);
    }

    @Nested
    class AsJson {

        @ParameterizedTest
        @MethodSource("io.eventstream.sse.DataEncoderTest#values")
        void writesValues(Object data, String json) {
            assertThat(encoder.json("c", data)).isEqualTo(json);
        }

        @ParameterizedTest
        @MethodSource("io.eventstream.sse.DataEncoderTest#noNumbers")
        void refusesNumbersThatJsonHasNot(Object data) {
            assertThatExceptionOfType(DataNotEncodableException.class)
                    .isThrownBy(() -> encoder.json("c", data))
                    .withMessageStartingWith(
                            "The data of a message for the channel \"c\" cannot be written by JSON-B (")
                    .withMessageEndingWith("): send what it can write, or text with raw");
        }

        @Test
        void refusesWhatJsonbCannotWriteWithItsCause() {
            assertThatExceptionOfType(DataNotEncodableException.class)
                    .isThrownBy(() -> encoder.json("c", new Cycle()))
                    .withCauseInstanceOf(JsonbException.class)
                    .satisfies(refused -> assertThat(refused.channel()).isEqualTo("c"));
        }
    }

    @Nested
    class WithAJsonbOfTheApplication {

        private final Jsonb sparse = JsonbBuilder.create(new JsonbConfig().withFormatting(false));
        private final Jsonb nulls = JsonbBuilder.create(new JsonbConfig().withNullValues(true));

        @Test
        void asksItsContextResolver() {
            encoder.use(new FakeProviders(nulls, null));

            assertThat(encoder.json("c", new Note(null))).isEqualTo("{\"text\":null}");
        }

        @Test
        void prefersItsBean() {
            var withBean = new DataEncoder(FakeInstance.of(nulls));
            withBean.use(new FakeProviders(sparse, null));

            assertThat(withBean.json("c", new Note(null))).isEqualTo("{\"text\":null}");
        }

        @Test
        void usesItsOwnWhereThereIsNone() {
            var without = new DataEncoder(FakeInstance.empty());
            without.use(new FakeProviders(null, null));

            assertThat(without.json("c", new Note(null))).isEqualTo("{}");
        }

        @Test
        void findsAResolverThatComesLater() {
            assertThat(encoder.json("c", new Note(null))).isEqualTo("{}");

            encoder.use(new FakeProviders(nulls, null));

            assertThat(encoder.json("c", new Note(null))).isEqualTo("{\"text\":null}");
        }
    }

    @Nested
    class TheDataOfAnEventOfJaxRs {

        @Test
        void isItsTextAsItIs() {
            assertThat(encoder.text("c", event("a\n{")))
                    .isEqualTo("a\n{")
                    .isEqualTo(encoder.text("c", event(new StringBuilder("a\n{"))));
        }

        @Test
        void isItsTextAsItIsThoughItIsSaidToBeJson() {
            assertThat(encoder.text("c", event("{}", MediaType.APPLICATION_JSON_TYPE)))
                    .isEqualTo("{}");
        }

        @Test
        void isJsonWhereTheMediaTypeSaysSo() {
            assertThat(encoder.text("c", event(Map.of("a", 1), MediaType.APPLICATION_JSON_TYPE)))
                    .isEqualTo("{\"a\":1}");
            assertThat(encoder.text("c", event(1, MediaType.APPLICATION_JSON_TYPE.withCharset("UTF-8"))))
                    .isEqualTo("1");
        }

        @Test
        void isWhatAWriterOfTheApplicationWrites() {
            encoder.use(new FakeProviders(null, new NumberWriter()));

            assertThat(encoder.text("c", event(42))).isEqualTo("number 42 as text/plain é");
        }

        @Test
        void isRefusedWithoutAWriter() {
            encoder.use(new FakeProviders(null, null));

            assertThatExceptionOfType(DataNotEncodableException.class)
                    .isThrownBy(() -> encoder.text("c", event(42)))
                    .withMessage("The data of a message for the channel \"c\" has no MessageBodyWriter for"
                            + " java.lang.Integer as text/plain");
        }

        @Test
        void isRefusedBeforeTheApplicationsWritersAreKnown() {
            assertThatExceptionOfType(DataNotEncodableException.class).isThrownBy(() -> encoder.text("c", event(42)));
        }

        @Test
        void isRefusedWithTheWritersOwnException() {
            encoder.use(new FakeProviders(null, new NumberWriter()));

            assertThatExceptionOfType(DataNotEncodableException.class)
                    .isThrownBy(() -> encoder.text("c", event(-1)))
                    .withMessage("The data of a message for the channel \"c\" cannot be written as text/plain")
                    .withStackTraceContaining("no negative numbers");
        }

        private static OutboundSseEvent event(Object data) {
            return new OutboundEvent.Builder().data(data).build();
        }

        private static OutboundSseEvent event(Object data, MediaType type) {
            return new OutboundEvent.Builder().data(data).mediaType(type).build();
        }
    }

    /** Refers to itself. */
    public static final class Cycle {

        /** {@return itself} */
        public Cycle getSelf() {
            return this;
        }
    }

    /** A record of an application. */
    public record Order(String id, int count, Instant at, Duration within, List<String> tags) {}

    /** What JSON-B leaves out of it, if it is null, depends on its configuration. */
    public record Note(@Nullable String text) {}

    static Stream<Arguments> values() {
        return Stream.of(
                arguments(null, "null"),
                arguments("a\n\"é\uD83D\uDE00", "\"a\\n\\\"é\uD83D\uDE00\""),
                arguments(1, "1"),
                arguments(true, "true"),
                arguments(new BigDecimal("1.50"), "1.50"),
                arguments(Map.of("text", "hello world"), "{\"text\":\"hello world\"}"),
                arguments(List.of(1, "a"), "[1,\"a\"]"),
                arguments(Arrays.asList(1, null), "[1,null]"),
                arguments(new int[] {1, 2}, "[1,2]"),
                arguments(LocalDate.of(2024, 1, 2), "\"2024-01-02\""),
                arguments(Instant.parse("2024-01-02T03:04:05.678Z"), "\"2024-01-02T03:04:05.678Z\""),
                arguments(
                        new Order("a", 2, Instant.EPOCH, Duration.ofSeconds(90), List.of("x")),
                        "{\"at\":\"1970-01-01T00:00:00Z\",\"count\":2,\"id\":\"a\",\"tags\":[\"x\"],\"within\":\"PT1M30S\"}"));
    }

    static Stream<Object> noNumbers() {
        return Stream.of(
                Double.NaN,
                Float.NaN,
                Double.POSITIVE_INFINITY,
                Float.NEGATIVE_INFINITY,
                List.of(Double.NaN),
                Map.of("a", Double.NEGATIVE_INFINITY),
                new double[] {Double.NaN});
    }
}
