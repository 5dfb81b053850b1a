package io.eventstream.channel;

import java.util.Arrays;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Names of channels, with {@code *} for any characters.
 *
 * @param regex what matches them
 */
public record ChannelPattern(Pattern regex) {

    /** {@return the pattern that a text means} */
    public static ChannelPattern of(String text) {
        String regex = Arrays.stream(text.split("\\*", -1)).map(Pattern::quote).collect(Collectors.joining(".*"));
        return new ChannelPattern(Pattern.compile(regex, Pattern.DOTALL));
    }

    /** {@return whether the name is one of them} */
    public boolean matches(String channel) {
        return regex.matcher(channel).matches();
    }
}
