package io.eventstream.config;

/** Where events of reliable channels are stored. */
public enum StorageKind {
    /** Nowhere: no channel is reliable. */
    NONE,
    /** In a relational database, by the application's persistence unit. */
    JPA,
    /** In Redis. */
    REDIS
}
