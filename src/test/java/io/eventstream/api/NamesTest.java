package io.eventstream.api;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NamesTest {

    @ParameterizedTest
    @CsvSource({
        "plain, plain",
        "ü\uD83D\uDE00, ü\uD83D\uDE00",
        "a\u0085b, a\\u0085b",
        "a\u2028b\u2029c, a\\u2028b\\u2029c",
        "a\u007Fb, a\\u007fb",
        "\uD800, \\ud800",
    })
    void showsWhatWouldBreakALogLineAsAnEscape(String text, String shown) {
        assertThat(Names.quoted(text)).isEqualTo('"' + shown + '"');
    }

    @Test
    void cutsALongTextAtAWholeCharacter() {
        assertThat(Names.quoted("a".repeat(79) + "\uD83D\uDE00b")).isEqualTo('"' + "a".repeat(79) + "\uD83D\uDE00…\"");
        assertThat(Names.quoted("a".repeat(80))).doesNotContain("…");
    }
}
