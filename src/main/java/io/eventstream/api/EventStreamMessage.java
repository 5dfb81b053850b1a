package io.eventstream.api;

import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What an application fires to send an event to everybody who listens to a channel.
 *
 * <pre>{@code
 * @Inject Event<EventStreamMessage> events;
 * events.fire(EventStreamMessage.of("test", "message", Map.of("text", "hello world")));
 * }</pre>
 *
 * <p>Inside a transaction it is delivered after the commit, and not at all after a rollback; without one at once. Data is
 * encoded while {@code fire} runs: what the application changes in it afterwards does not show. With {@code fireAsync} it
 * is encoded and sent later, outside of the caller's transaction.
 *
 * <p>Immutable, as far as the data is; safe for use by many threads.
 *
 * <p>Nothing but the data may be null; text must not hold half of a surrogate pair, which UTF-8 cannot say.
 *
 * @param channel the channel's name: not blank, at most 255 characters
 * @param type the {@code event:} field that clients see: at most 255 characters without CR, LF and NUL, and none of
 *     {@code stream-open}, {@code stream-reset}, {@code stream-error}, {@code keep-alive}; where it is empty, browsers
 *     take it for {@code message}
 * @param data what is sent: any value that JSON-B can write, or null; a {@link CharSequence} where {@code raw}
 * @param raw whether the data is sent as it is, instead of as JSON
 * @param skipUsers names of users who do not get it; empty for nobody
 */
public record EventStreamMessage(
        String channel, String type, @Nullable Object data, boolean raw, Set<String> skipUsers) {

    /**
     * Checks the message.
     *
     * @throws InvalidChannelException if the channel's name cannot be one
     * @throws InvalidTypeException if the type cannot be one
     * @throws IllegalArgumentException if raw data is no text, or a user to skip is blank
     */
    public EventStreamMessage {
        Names.checkedChannel(Objects.requireNonNull(channel, "channel"));
        Names.checkedType(Objects.requireNonNull(type, "type"));
        if (raw && !(data instanceof CharSequence)) {
            throw new IllegalArgumentException("Raw data must be text, was "
                    + (data == null ? "null" : data.getClass().getName()));
        }
        skipUsers = Set.copyOf(skipUsers);
        if (skipUsers.stream().anyMatch(String::isBlank)) {
            throw new IllegalArgumentException("The name of a user to skip must not be blank, was " + skipUsers);
        }
    }

    /**
     * A message whose data is sent as JSON.
     *
     * @param channel the channel's name
     * @param type the event's type
     * @param data any value that JSON-B can write, or null
     * @return the message
     * @throws InvalidChannelException if the channel's name cannot be one
     * @throws InvalidTypeException if the type cannot be one
     */
    public static EventStreamMessage of(String channel, String type, @Nullable Object data) {
        return new EventStreamMessage(channel, type, data, false, Set.of());
    }

    /**
     * A message whose data is sent as it is. Line ends of any kind arrive as LF.
     *
     * @param channel the channel's name
     * @param type the event's type
     * @param text the data
     * @return the message
     * @throws InvalidChannelException if the channel's name cannot be one
     * @throws InvalidTypeException if the type cannot be one
     */
    public static EventStreamMessage raw(String channel, String type, CharSequence text) {
        return new EventStreamMessage(channel, type, text, true, Set.of());
    }

    /**
     * The same message, not sent to these users and no others than these.
     *
     * @param users their names, as in {@link java.security.Principal#getName()}
     * @return a new message
     * @throws IllegalArgumentException if one is blank
     */
    public EventStreamMessage skipUsers(String... users) {
        return skipUsers(List.of(users));
    }

    /**
     * The same message, not sent to these users and no others than these.
     *
     * @param users their names, as in {@link java.security.Principal#getName()}
     * @return a new message
     * @throws IllegalArgumentException if one is blank
     */
    public EventStreamMessage skipUsers(Collection<String> users) {
        return new EventStreamMessage(channel, type, data, raw, Set.copyOf(users));
    }
}
