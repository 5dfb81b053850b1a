package io.eventstream.cluster;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class NotifiedPartsTest {

    private static final int TOO_MANY_BYTES = 8000;

    private final NotifiedParts heard = new NotifiedParts();

    private Optional<String> hear(int sender, String... parts) {
        Optional<String> last = Optional.empty();
        for (String part : parts) {
            last = heard.add(sender, part);
        }
        return last;
    }

    /** With characters of one, two, three and four bytes. */
    @Provide
    Arbitrary<String> texts() {
        return Arbitraries.of("a", "\n", "é", "\u20AC", "\uD83D\uDE00")
                .list()
                .ofMaxSize(12)
                .flatMap(some -> Arbitraries.integers()
                        .between(0, 3000)
                        .map(times -> String.join("", some).repeat(times)));
    }

    @Property(tries = 200)
    void areSmallEnoughAndMakeUpTheText(@ForAll("texts") String text) {
        String[] parts = NotifiedParts.of(text);

        assertThat(parts).allMatch(part -> part.getBytes(UTF_8).length < TOO_MANY_BYTES);
        assertThat(new HashSet<>(Arrays.asList(parts))).hasSameSizeAs(parts);
        assertThat(Arrays.stream(parts).map(part -> new String(part.getBytes(UTF_8), UTF_8)))
                .containsExactly(parts);
        assertThat(hear(1, parts)).hasValue(text);
        for (int i = 0; i < parts.length - 1; i++) {
            assertThat(heard.add(1, parts[i])).isEmpty();
        }
    }

    @Example
    void ofSeveralSendersAreKeptApart() {
        String[] one = NotifiedParts.of("1".repeat(6000));
        String[] two = NotifiedParts.of("2".repeat(6000));
        List<String> texts = new ArrayList<>();
        for (int i = 0; i < one.length; i++) {
            heard.add(1, one[i]).ifPresent(texts::add);
            heard.add(2, two[i]).ifPresent(texts::add);
        }

        assertThat(texts).containsExactly("1".repeat(6000), "2".repeat(6000));
    }

    @Example
    void ofWhichSomeAreMissingMakeNoText() {
        String[] parts = NotifiedParts.of("x".repeat(9000));

        assertThat(parts).hasSize(4);
        assertThat(hear(1, parts[1], parts[2], parts[3])).isEmpty();
        assertThat(hear(1, parts[0], parts[2], parts[3])).isEmpty();
        assertThat(hear(1, parts)).hasValue("x".repeat(9000));
    }

    @Example
    void whatOthersNotifyOfIsATextOfItsOwn() {
        for (String foreign : List.of("", "hello", "1/0:x", "a/1:x", "0/:x", ":/", "9999999999/9999999999:x", "0/1")) {
            assertThat(hear(1, foreign)).hasValue(foreign);
        }
    }
}
