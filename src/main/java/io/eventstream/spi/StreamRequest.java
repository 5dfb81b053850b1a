package io.eventstream.spi;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A request for a stream. Immutable; safe for use by many threads.
 *
 * @param user who asks; its {@code granted} is empty here
 * @param route the channels that the route itself names, from {@code @EventChannels} with its parameters filled in, or
 *     from the path parameter {@code channel}; empty where query parameters select
 * @param pathParameters by name, decoded
 * @param queryParameters by name, decoded, the values of each in the order of the request
 * @param headers those that {@link ChannelManager#requestHeaders()} asks for and the request has, by that name
 */
public record StreamRequest(
        EventStreamUser user,
        Set<String> route,
        Map<String, String> pathParameters,
        Map<String, List<String>> queryParameters,
        Map<String, String> headers) {

    /** Copies what it is given. */
    public StreamRequest {
        Objects.requireNonNull(user, "user");
        route = Set.copyOf(route);
        pathParameters = Map.copyOf(pathParameters);
        queryParameters = queryParameters.entrySet().stream()
                .collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, values -> List.copyOf(values.getValue())));
        headers = Map.copyOf(headers);
    }

    /**
     * All values of a query parameter.
     *
     * @param name its name
     * @return the values; empty if there is none
     */
    public List<String> query(String name) {
        return queryParameters.getOrDefault(name, List.of());
    }

    /**
     * A header that {@link ChannelManager#requestHeaders()} asks for.
     *
     * @param name its name, as asked for
     * @return the value, empty if the request has none
     */
    public Optional<String> header(String name) {
        return Optional.ofNullable(headers.get(name));
    }
}
