package io.eventstream.storage;

import jakarta.persistence.Cacheable;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;

/**
 * The counter of a channel. Its row is the lock under which numbers are given; no business transaction touches it. It
 * stays when the channel is empty, or its numbers would begin anew.
 */
@Entity(name = "EventStreamChannel")
@Cacheable(false)
@Table(name = "eventstream_channel")
public class ChannelRow {

    /** Later than everything: there is nothing to purge. */
    static final long NOTHING = Long.MAX_VALUE;

    @Id
    @Column(name = "channel", columnDefinition = Columns.NAME)
    private String channel = "";

    /** The newest number. */
    @Column(name = "head", nullable = false)
    private long head;

    /** The newest number that was purged. */
    @Column(name = "purged", nullable = false)
    private long purged;

    /** No event is older than this, in milliseconds since 1970. */
    @Column(name = "oldest_at", nullable = false)
    private long oldestAt;

    /** When its first event came, in milliseconds since 1970. */
    @Column(name = "born_at", nullable = false)
    private long bornAt;

    /** Changes whenever the row is locked, since a driver need not count a row that an update leaves as it was. */
    @Column(name = "locks", nullable = false)
    private long locks;

    /** For JPA only. */
    protected ChannelRow() {}
}
