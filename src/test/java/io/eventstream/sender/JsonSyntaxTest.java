package io.eventstream.sender;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.eventstream.api.DataNotEncodableException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JsonSyntaxTest {

    private static final int DEEP = 100_000;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1",
                "-0.5e+10",
                "true",
                "null",
                "\"\"",
                "\"a\\\"b\\u00e4\\n\uD83D\uDE00\"",
                "[]",
                "{}",
                " \r\n\t[ ] ",
                "[1,[2],{}]",
                "{\"a\":{\"b\":[{}, {\"c\" : null }]},\"d\":false}",
            })
    void isJson(String text) {
        assertThatCode(() -> JsonSyntax.check("a", text)).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "hello|0",
                "~~|0",
                "1 2|2",
                "01|1",
                "1.|1",
                "+1|0",
                "truely|4",
                "[|1",
                "]|0",
                "[1|2",
                "[1,|3",
                "[1,]|3",
                "[1}|2",
                "{1}|1",
                "{\"a\"}|4",
                "{\"a\":}|5",
                "{\"a\":1,}|7",
                "{\"a\":1]|6",
                "\"open|0",
                "\"\\x\"|0",
                "\"\\u12\"|0",
                "{'a':1}|1",
                "[1] [2]|4",
            })
    void isNotAndItIsSaidWhere(String text, int at) {
        assertThatExceptionOfType(DataNotEncodableException.class)
                .isThrownBy(() -> JsonSyntax.check("a", text))
                .withMessageContaining("from character " + at + " on");
    }

    @Test
    void aLineBreakInAStringIsNot() {
        assertThatExceptionOfType(DataNotEncodableException.class).isThrownBy(() -> JsonSyntax.check("a", "\"a\nb\""));
    }

    @Test
    void depthAndLengthExhaustNothing() {
        assertThatCode(() -> JsonSyntax.check("a", "[".repeat(DEEP) + "]".repeat(DEEP)))
                .doesNotThrowAnyException();
        assertThatCode(() -> JsonSyntax.check("a", "\"" + "\\n".repeat(DEEP) + "\""))
                .doesNotThrowAnyException();
    }
}
