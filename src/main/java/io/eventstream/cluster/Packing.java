package io.eventstream.cluster;

import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** Makes texts of what is to be told: lines, as many together as go with one publication. */
final class Packing {

    /** More does not make it faster. */
    private static final int ENOUGH = 64 * 1024;

    private final UUID origin;
    private final int largest;
    private final Rarely tooLarge;

    Packing(UUID origin, int largest, Rarely tooLarge) {
        this.origin = origin;
        this.largest = largest;
        this.tooLarge = tooLarge;
    }

    List<String> pack(List<Outgoing> messages, UUID storage) {
        List<String> texts = new ArrayList<>();
        var text = new StringBuilder();
        for (Outgoing message : messages) {
            String line = line(message, storage);
            if (!text.isEmpty() && text.length() + line.length() >= Math.min(largest, ENOUGH)) {
                texts.add(text.toString());
                text.setLength(0);
            }
            if (!text.isEmpty() && !line.isEmpty()) {
                text.append('\n');
            }
            text.append(line);
        }
        if (!text.isEmpty()) {
            texts.add(text.toString());
        }
        return texts;
    }

    private String line(Outgoing message, UUID storage) {
        String line = encoded(message.sequence(), message.content(), storage);
        if (line.length() <= largest) {
            return line;
        }
        if (message.content() instanceof Content.Event stored) {
            var hint = new Content.Hint(stored.event().channel(), stored.event().number());
            return encoded(message.sequence(), hint, storage);
        }
        tooLarge.happened("its text would have " + line.length() + " characters, the transport takes " + largest);
        return "";
    }

    private String encoded(long sequence, Content content, UUID storage) {
        return MessageCodec.encode(new TransportMessage(origin, storage, sequence, content));
    }
}
