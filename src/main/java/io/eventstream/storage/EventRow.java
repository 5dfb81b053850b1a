package io.eventstream.storage;

import jakarta.persistence.Cacheable;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Index;
import jakarta.persistence.Table;
import jakarta.persistence.UniqueConstraint;
import org.jspecify.annotations.Nullable;

/**
 * A stored message: for queries and the schema alone. No object of it is made, because a cache would serve it without the
 * number that another node gave it.
 *
 * <p>The key is the database's, so that of two messages the one whose commit returned before the other was sent has the
 * smaller key, whichever node sent it. A key that nodes take in blocks would not do.
 */
@Entity(name = "EventStreamEvent")
@Cacheable(false)
@Table(
        name = "eventstream_event",
        uniqueConstraints =
                @UniqueConstraint(
                        name = "eventstream_event_number",
                        columnNames = {"channel", "event_number"}),
        indexes = @Index(name = "eventstream_event_unnumbered", columnList = "event_number, channel"))
public class EventRow {

    @Id
    @Column(name = "row_key", columnDefinition = Columns.KEY)
    private @Nullable Long rowKey;

    @Column(name = "channel", columnDefinition = Columns.NAME_NOT_NULL)
    private String channel = "";

    @Column(name = "event_number")
    private @Nullable Long number;

    @Column(name = "event_type", columnDefinition = Columns.NAME_NOT_NULL)
    private String eventType = "";

    @Column(name = "event_data", columnDefinition = Columns.TEXT_NOT_NULL)
    private String eventData = "";

    @Column(name = "skip_users", columnDefinition = Columns.TEXT_NOT_NULL)
    private String skipUsers = "";

    /** Milliseconds since 1970 by the database's clock; 0 until it has a number. */
    @Column(name = "numbered_at", nullable = false)
    private long numberedAt;

    /** For JPA only. */
    protected EventRow() {}
}
