package io.eventstream.subscribe;

import io.eventstream.api.EventChannels;
import io.eventstream.api.EventTypes;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the annotations of a resource class say.
 *
 * @param channels templates of {@code @EventChannels}; empty where the request selects
 * @param types of {@code @EventTypes}; empty for all
 */
record Route(List<String> channels, Set<String> types) {

    private static final Pattern PARAMETER = Pattern.compile("\\{([^{}]*)}");
    private static final String USER = "user";

    static Route of(Class<?> resource) {
        EventChannels channels = resource.getAnnotation(EventChannels.class);
        EventTypes types = resource.getAnnotation(EventTypes.class);
        return new Route(
                channels == null ? List.of() : List.of(channels.value()),
                types == null ? Set.of() : new LinkedHashSet<>(Arrays.asList(types.value())));
    }

    Route {
        channels = List.copyOf(channels);
        types = Set.copyOf(types);
    }

    /** {@return whether the route itself says which channels, so that everybody may read them by default} */
    boolean namesChannels() {
        return !channels.isEmpty();
    }

    /**
     * The channels that the route names for a request.
     *
     * @param parameters of the path
     * @param user name of who asks; empty when anonymous
     * @return names; empty where the query selects
     * @throws StreamRefusedException if a template wants a signed-in user and there is none
     * @throws IllegalStateException if a template names a parameter that the path does not have
     */
    Set<String> channels(Map<String, String> parameters, String user) {
        if (channels.isEmpty()) {
            String channel = parameters.get("channel");
            return channel == null ? Set.of() : Set.of(channel);
        }
        Set<String> names = new LinkedHashSet<>();
        for (String template : channels) {
            names.add(filled(template, parameters, user));
        }
        return names;
    }

    private static String filled(String template, Map<String, String> parameters, String user) {
        Matcher matcher = PARAMETER.matcher(template);
        var name = new StringBuilder();
        while (matcher.find()) {
            matcher.appendReplacement(
                    name, Matcher.quoteReplacement(value(template, matcher.group(1), parameters, user)));
        }
        return matcher.appendTail(name).toString();
    }

    private static String value(String template, String parameter, Map<String, String> parameters, String user) {
        // Never from the path, so that nobody can write himself another's name into it.
        if (parameter.equals(USER)) {
            if (user.isEmpty()) {
                throw StreamRefusedException.forbidden(List.of(template));
            }
            return user;
        }
        String value = parameters.get(parameter);
        if (value == null) {
            throw new IllegalStateException("@EventChannels(\"" + template + "\") names {" + parameter
                    + "}, but the path has only the parameters " + parameters.keySet() + "; add it to @Path");
        }
        return value;
    }
}
