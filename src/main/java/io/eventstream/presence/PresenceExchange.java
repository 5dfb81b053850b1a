package io.eventstream.presence;

import io.eventstream.api.ChannelPresence;
import io.eventstream.spi.EventTransport;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * What this node tells the others of its subscribers, and hears from them. What has changed is told soon; everything is told
 * again and again, in sections, which repairs whatever was lost. One thread tells and one hears, at a time.
 */
public final class PresenceExchange {

    /** How long changes gather, and so about how late they are known elsewhere. */
    public static final Duration PAUSE = Duration.ofMillis(500);

    private static final long ROUND = EventTransport.HEARTBEAT.toNanos();

    /** Who was silent for so long may have been forgotten, or will be before his next round has come to its end. */
    private static final long SILENCE = 2 * ROUND;

    /** Of one message. With one section in a pause, to tell everything takes 32,000 characters a second at most. */
    private static final int ENOUGH = 16_000;

    /** In one pause, so that no burst of clients fills the transport; what does not fit follows. */
    private static final int MOST_MESSAGES = 16;

    private final LocalPresence here;
    private final OtherNodes others;
    private final LongSupplier clock;
    private final int mostOfOne;
    private final int enough;
    private final long sectionPause;
    private volatile boolean newcomer = true;

    // Of the thread that tells.
    private long version;
    private long toldAt;
    private long roundAt;
    private long sectionAt;
    private boolean hurries;
    private @Nullable String after;

    PresenceExchange(LocalPresence here, OtherNodes others, LongSupplier clock, int largest, Duration sectionPause) {
        this.here = here;
        this.others = others;
        this.clock = clock;
        this.mostOfOne = largest / 2;
        this.enough = Math.min(ENOUGH, largest / 4);
        this.sectionPause = sectionPause.toNanos();
        this.toldAt = clock.getAsLong() - PAUSE.toNanos();
        here.follow();
    }

    /** {@return what is to be told now; nothing within {@link #PAUSE} of the last time} */
    public List<PresenceReport> due() {
        long now = clock.getAsLong();
        if (now - toldAt < PAUSE.toNanos()) {
            return List.of();
        }
        if (now - toldAt > SILENCE) {
            newcomer = true;
        }
        toldAt = now;
        others.forgetSilent();
        List<PresenceReport> reports = new ArrayList<>();
        while (reports.size() < MOST_MESSAGES) {
            List<ChannelPresence> changed = here.takeChanged(enough, mostOfOne);
            if (changed.isEmpty()) {
                break;
            }
            reports.add(new PresenceReport.Changes(++version, changed));
        }
        if (after == null && (newcomer || now - roundAt >= ROUND)) {
            hurries = newcomer;
            newcomer = false;
            roundAt = now;
            after = "";
        }
        if (after != null && (hurries || newcomer || now - sectionAt >= sectionPause)) {
            sectionAt = now;
            reports.add(section(after));
        }
        return reports;
    }

    private PresenceReport section(String from) {
        LocalPresence.Part part = here.after(from, enough, mostOfOne);
        String until = part.isLast()
                ? ""
                : part.channels().get(part.channels().size() - 1).channel();
        after = part.isLast() ? null : until;
        return new PresenceReport.Section(++version, from, until, part.channels());
    }

    /** {@return that nobody listens here any more; the last that is told} */
    public PresenceReport farewell() {
        return new PresenceReport.Section(++version, "", "", List.of());
    }

    /** Another node has told something, whatever that was. One that is new here may not know of this one. */
    public void heard(UUID node) {
        if (others.heard(node)) {
            newcomer = true;
        }
    }

    /** Another node has told of its subscribers; after {@link #heard}. */
    public void received(UUID node, PresenceReport report) {
        others.received(node, report);
    }
}
