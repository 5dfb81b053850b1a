package io.eventstream.config;

/** How events reach the other nodes at once. */
public enum TransportKind {
    /** Not at all: with a storage the nodes meet there, without one there is only this node. */
    LOCAL,
    /** By a topic of Jakarta Messaging. */
    JMS,
    /** By publish and subscribe of Redis. */
    REDIS,
    /** By LISTEN and NOTIFY of PostgreSQL. */
    POSTGRESQL
}
