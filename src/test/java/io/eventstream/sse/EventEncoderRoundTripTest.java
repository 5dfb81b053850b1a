package io.eventstream.sse;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.eventstream.api.UnicodeTexts;
import io.eventstream.testing.SseParser;
import io.eventstream.testing.SseParser.Event;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

class EventEncoderRoundTripTest {

    /** What is given to the encoder. */
    record Given(String type, String id, String data) {

        byte[] encoded() {
            return EventEncoder.encode(type, id, data);
        }

        Event received() {
            return new Event(type, withLineFeeds(data), id);
        }
    }

    @Property
    void givesTheClientWhatWasSent(@ForAll("valid") Given given) {
        assertThat(new SseParser().feed(given.encoded())).containsExactly(given.received());
    }

    @Property
    void givesTheClientTheSameInAnyChunks(
            @ForAll("valid") Given first,
            @ForAll("valid") Given second,
            @ForAll @Size(max = 50) List<@IntRange(min = 1, max = 9) Integer> chunks) {
        byte[] bytes = joined(ControlEvents.keepAlive(), first.encoded(), second.encoded());
        var parser = new SseParser();
        List<Event> received = new ArrayList<>();
        int from = 0;
        for (int size : chunks) {
            int to = Math.min(bytes.length, from + size);
            received.addAll(parser.feed(bytes, from, to));
            from = to;
        }
        received.addAll(parser.feed(bytes, from, bytes.length));

        assertThat(received)
                .containsExactly(
                        new Event("keep-alive", "", ""),
                        first.received(),
                        new Event(
                                second.type(),
                                withLineFeeds(second.data()),
                                second.id().isEmpty() ? first.id() : second.id()));
    }

    @Property
    void letsNothingInATypeOrIdAddAFieldOrAnEvent(@ForAll("hostile") Given given) {
        var parser = new SseParser();

        assertThat(parser.feed(given.encoded()))
                .containsExactly(
                        new Event(onOneLine(given.type()), withLineFeeds(given.data()), onOneLine(given.id())));
        assertThat(parser.comments()).isEmpty();
        assertThat(parser.retry()).isEmpty();
    }

    @Property
    void writesUtf8ThatCanBeRead(@ForAll("valid") Given given) {
        assertThat(new String(given.encoded(), UTF_8)).doesNotContain("\r").endsWith("\n\n");
    }

    @Property
    void canBeTakenApartAgain(@ForAll("valid") Given first, @ForAll("valid") Given second) {
        assertThat(WireEvent.parse(joined(first.encoded(), second.encoded())))
                .containsExactly(wireEvent(first), wireEvent(second));
    }

    @Example
    void keepsAByteOrderMarkInDataEvenAtTheStartOfAStream() {
        assertThat(new SseParser().feed(EventEncoder.encode("", "", "\uFEFFx")))
                .containsExactly(new Event("", "\uFEFFx", ""));
    }

    @Provide
    Arbitrary<Given> valid() {
        return Combinators.combine(
                        UnicodeTexts.types(), UnicodeTexts.upTo(20).map(EventEncoderRoundTripTest::onOneLine), datas())
                .as(Given::new);
    }

    @Provide
    Arbitrary<Given> hostile() {
        Arbitrary<String> fields = Arbitraries.of(
                        "\n",
                        "\r",
                        "\r\n",
                        "\0",
                        "event: x",
                        "data: y",
                        "id: 1",
                        "retry: 5",
                        ": c",
                        "id",
                        "\uD83D\uDE00",
                        "é")
                .list()
                .ofMaxSize(8)
                .map(parts -> String.join("", parts));
        return Combinators.combine(fields, fields, datas()).as(Given::new);
    }

    private static Arbitrary<String> datas() {
        return UnicodeTexts.upTo(40);
    }

    private static WireEvent wireEvent(Given given) {
        return new WireEvent(given.type(), given.id(), withLineFeeds(given.data()), "", -1);
    }

    private static String withLineFeeds(String data) {
        return data.replace("\r\n", "\n").replace('\r', '\n');
    }

    private static String onOneLine(String text) {
        return text.replaceAll("[\r\n\0]", "");
    }

    private static byte[] joined(byte[]... parts) {
        var all = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            all.writeBytes(part);
        }
        return all.toByteArray();
    }
}
