package io.eventstream.storage;

import jakarta.persistence.Cacheable;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;

/** The one row that says which storage this is, and which node purges. */
@Entity(name = "EventStreamStorage")
@Cacheable(false)
@Table(name = "eventstream_storage")
public class StorageRow {

    static final int ID = 1;

    @Id
    @Column(name = "id", nullable = false)
    private int id;

    @Column(name = "uuid", nullable = false, length = 36)
    private String uuid = "";

    @Column(name = "generation", nullable = false)
    private long generation;

    /** Until then, in milliseconds since 1970, one node purges and the others do not. */
    @Column(name = "purging_until", nullable = false)
    private long purgingUntil;

    /** For JPA only. */
    protected StorageRow() {}
}
