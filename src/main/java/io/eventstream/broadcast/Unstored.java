package io.eventstream.broadcast;

import org.jspecify.annotations.Nullable;

/**
 * Where events of a reliable channel go that are not stored, which an application broadcasts on this node alone: into a
 * channel beside it, since the numbers of its own tail are those of the storage. Guarded by the channel's lock.
 */
final class Unstored {

    private final ChannelBroadcaster broadcaster;
    private final Broadcasters node;
    private @Nullable LiveChannel beside;

    Unstored(ChannelBroadcaster broadcaster, Broadcasters node) {
        this.broadcaster = broadcaster;
        this.node = node;
    }

    /** {@return the channel beside, made for the first such event, with everybody who listens} */
    LiveChannel channel(Members members, boolean mayBlock) {
        LiveChannel known = beside;
        if (known != null && !known.isRetired()) {
            return known;
        }
        var made = new LiveChannel(broadcaster, node, null);
        if (mayBlock) {
            made.mayBlock();
        }
        members.whileEach(member -> {
            member.unstored(made.join(member.subscriber));
            return true;
        });
        beside = made;
        return made;
    }

    /** Joins a new subscriber to it, if there is one. */
    void join(Subscription subscription) {
        if (beside != null) {
            subscription.unstored(beside.join(subscription.subscriber));
        }
    }

    void mayBlock() {
        if (beside != null) {
            beside.mayBlock();
        }
    }
}
