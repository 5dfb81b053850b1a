package io.eventstream.client;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** As much of JSON as the server's own answers need, so that the client needs no library. */
final class SmallJson {

    private static final String STRING = "\"((?:[^\"\\\\]|\\\\.)*+)\"";
    private static final Pattern ESCAPE = Pattern.compile("\\\\(?:u([0-9a-fA-F]{4})|(.))");

    private SmallJson() {}

    /** {@return the text of a key, if the object has it} */
    static Optional<String> text(String object, String key) {
        Matcher matcher = Pattern.compile("\"" + key + "\"\\s*:\\s*" + STRING).matcher(object);
        return matcher.find() ? Optional.of(unescaped(matcher.group(1))) : Optional.empty();
    }

    /** {@return the number of a key, if the object has it} */
    static OptionalLong number(String object, String key) {
        Matcher matcher =
                Pattern.compile("\"" + key + "\"\\s*:\\s*(\\d{1,18})\\b").matcher(object);
        return matcher.find() ? OptionalLong.of(Long.parseLong(matcher.group(1))) : OptionalLong.empty();
    }

    /** {@return the texts in the array of a key; none where the object does not have it} */
    static List<String> texts(String object, String key) {
        Matcher array = Pattern.compile("\"" + key + "\"\\s*:\\s*\\[((?:\\s*" + STRING + "\\s*,?)*+)\\s*]")
                .matcher(object);
        List<String> texts = new ArrayList<>();
        if (array.find()) {
            Matcher text = Pattern.compile(STRING).matcher(array.group(1));
            while (text.find()) {
                texts.add(unescaped(text.group(1)));
            }
        }
        return texts;
    }

    /** {@return the text in quotes} */
    static String quoted(String text) {
        var json = new StringBuilder("\"");
        for (int i = 0; i < text.length(); i++) {
            char next = text.charAt(i);
            if (next == '"' || next == '\\') {
                json.append('\\').append(next);
            } else if (next < ' ') {
                json.append(String.format("\\u%04x", (int) next));
            } else {
                json.append(next);
            }
        }
        return json.append('"').toString();
    }

    private static String unescaped(String text) {
        return ESCAPE.matcher(text)
                .replaceAll(escape -> Matcher.quoteReplacement(
                        escape.group(1) == null
                                ? plain(escape.group(2))
                                : Character.toString((char) Integer.parseInt(escape.group(1), 16))));
    }

    private static String plain(String letter) {
        return switch (letter) {
            case "n" -> "\n";
            case "r" -> "\r";
            case "t" -> "\t";
            case "b" -> "\b";
            case "f" -> "\f";
            default -> letter;
        };
    }
}
