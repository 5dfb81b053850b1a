package io.eventstream.channel;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ChannelPatternTest {

    @ParameterizedTest
    @CsvSource({
        "news, news, true",
        "news, news2, false",
        "news, News, false",
        "*, anything, true",
        "*, '', true",
        "news-*, news-, true",
        "news-*, news-a/b, true",
        "news-*, news, false",
        "*-news, my-news, true",
        "a*c*e, abcde, true",
        "a*c*e, ace, true",
        "a*c*e, abde, false",
        "**, x, true",
        "a.c, abc, false",
        "a.c, a.c, true",
        "[a], [a], true",
        "[a], a, false",
        "(a|b)?, a, false",
        "\\Qa\\E, \\Qa\\E, true",
        "a\\E*, a\\Eb, true",
    })
    void matchesTheNameItselfWithAnythingForAStar(String pattern, String channel, boolean matches) {
        assertThat(ChannelPattern.of(pattern).matches(channel)).isEqualTo(matches);
    }

    @ParameterizedTest
    @ValueSource(strings = {"\n", "\r\n", "\u2028", "\uD83D\uDE00"})
    void matchesCharactersThatAreOftenLeftOut(String odd) {
        assertThat(ChannelPattern.of("a*b").matches("a" + odd + "b")).isTrue();
    }
}
