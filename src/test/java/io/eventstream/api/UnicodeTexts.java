package io.eventstream.api;

import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Tuple;

/** Texts of whole Unicode characters, with those often that break lines or have a meaning on the wire. */
public final class UnicodeTexts {

    private static final List<Integer> PITFALLS = ("\t\n\r\0\u000B\f\u0085\u2028\u2029\uFEFF\uFFFE\uFFFF"
                    + " :,%+/\\\"<>&~{}éß\u00A0\uD83D\uDE00\uDBFF\uDFFF\uD800\uDC0A")
            .codePoints()
            .boxed()
            .toList();

    private UnicodeTexts() {}

    /** Of any length up to the given number of characters. */
    public static Arbitrary<String> upTo(int length) {
        return codePoints()
                .list()
                .ofMaxSize(length)
                .map(points -> points.stream()
                        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                        .toString());
    }

    /** What a channel can be called. */
    public static Arbitrary<String> channels() {
        return upTo(40).filter(name -> !name.isBlank());
    }

    /** What a type of an application can be. */
    public static Arbitrary<String> types() {
        return upTo(20).map(type -> type.replaceAll("[\r\n\0]", ""))
                .filter(type -> !Names.RESERVED_TYPES.contains(type));
    }

    private static Arbitrary<Integer> codePoints() {
        return Arbitraries.frequencyOf(
                        Tuple.of(4, Arbitraries.of(PITFALLS)),
                        Tuple.of(3, Arbitraries.integers().between('!', '~')),
                        Tuple.of(
                                2,
                                Arbitraries.integers()
                                        .between(0, Character.MAX_CODE_POINT)
                                        .filter(UnicodeTexts::isWhole)))
                .withoutEdgeCases();
    }

    private static boolean isWhole(int codePoint) {
        return codePoint < Character.MIN_SURROGATE || codePoint > Character.MAX_SURROGATE;
    }
}
