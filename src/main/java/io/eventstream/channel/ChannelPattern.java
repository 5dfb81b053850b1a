package io.eventstream.channel;

import java.util.Arrays;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Names of channels, with {@code *} for any characters. */
record ChannelPattern(Pattern regex) {

    static ChannelPattern of(String text) {
        String regex = Arrays.stream(text.split("\\*", -1)).map(Pattern::quote).collect(Collectors.joining(".*"));
        return new ChannelPattern(Pattern.compile(regex, Pattern.DOTALL));
    }

    boolean matches(String channel) {
        return regex.matcher(channel).matches();
    }
}
