package io.eventstream.storage;

import io.eventstream.spi.Appended;
import io.eventstream.spi.ChannelHead;
import io.eventstream.spi.EncodedMessage;
import io.eventstream.spi.EventStorage;
import io.eventstream.spi.NumberedEvent;
import io.eventstream.spi.Retention;
import io.eventstream.spi.StorageIdentity;
import io.eventstream.spi.StoredEvent;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A storage whose database cannot hold NUL, as PostgreSQL's cannot, for channels of any name. Safe for use by many threads.
 */
final class EscapedChannels implements EventStorage {

    private final EventStorage storage;

    EscapedChannels(EventStorage storage) {
        this.storage = storage;
    }

    @Override
    public StorageIdentity identity() {
        return storage.identity();
    }

    @Override
    public StorageIdentity raiseGeneration(long atLeast) {
        return storage.raiseGeneration(atLeast);
    }

    @Override
    public Appended append(List<EncodedMessage> messages) {
        Appended appended =
                storage.append(messages.stream().map(EscapedChannels::escaped).toList());
        return new Appended(
                originalNumbered(appended.older()),
                appended.own().stream().map(EscapedChannels::original).toList());
    }

    @Override
    public boolean joins() {
        return storage.joins();
    }

    @Override
    public long join(EncodedMessage message) {
        return storage.join(escaped(message));
    }

    @Override
    public List<NumberedEvent> number(Set<String> channels, int limit) {
        return originalNumbered(storage.number(
                channels.stream().map(StoredTexts::data).collect(Collectors.toUnmodifiableSet()), limit));
    }

    @Override
    public Map<Long, Long> numbers(Collection<Long> keys) {
        return storage.numbers(keys);
    }

    @Override
    public Set<String> unnumbered() {
        return storage.unnumbered().stream().map(StoredTexts::originalData).collect(Collectors.toUnmodifiableSet());
    }

    @Override
    public Map<String, ChannelHead> heads(Collection<String> channels) {
        return original(storage.heads(channels.stream().map(StoredTexts::data).toList()));
    }

    @Override
    public Map<String, ChannelHead> changedHeads(Map<String, ChannelHead> known) {
        return original(storage.changedHeads(escaped(known)));
    }

    private static Map<String, ChannelHead> escaped(Map<String, ChannelHead> heads) {
        if (heads.keySet().stream()
                .allMatch(channel -> StoredTexts.data(channel).equals(channel))) {
            return heads; // as mostly, and with each poll
        }
        Map<String, ChannelHead> escaped = new HashMap<>();
        heads.forEach((channel, head) -> escaped.put(StoredTexts.data(channel), head));
        return escaped;
    }

    private static Map<String, ChannelHead> original(Map<String, ChannelHead> escaped) {
        Map<String, ChannelHead> heads = new HashMap<>();
        escaped.forEach((channel, head) -> heads.put(StoredTexts.originalData(channel), head));
        return heads;
    }

    @Override
    public List<StoredEvent> after(String channel, long position, int limit) {
        return storage.after(StoredTexts.data(channel), position, limit).stream()
                .map(EscapedChannels::original)
                .toList();
    }

    @Override
    public long purge(Retention retention) {
        return storage.purge(channel -> retention.of(StoredTexts.originalData(channel)));
    }

    private static EncodedMessage escaped(EncodedMessage message) {
        String channel = StoredTexts.data(message.channel());
        return channel.equals(message.channel())
                ? message
                : new EncodedMessage(channel, message.type(), message.data(), message.skipUsers());
    }

    private static List<NumberedEvent> originalNumbered(List<NumberedEvent> events) {
        return events.stream()
                .map(numbered -> new NumberedEvent(numbered.key(), original(numbered.event())))
                .toList();
    }

    private static StoredEvent original(StoredEvent event) {
        String channel = StoredTexts.originalData(event.channel());
        return channel.equals(event.channel())
                ? event
                : new StoredEvent(
                        channel, event.number(), event.type(), event.data(), event.skipUsers(), event.storedAt());
    }
}
