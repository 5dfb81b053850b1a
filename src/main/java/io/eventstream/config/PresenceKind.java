package io.eventstream.config;

/** What is known of who listens to a channel. */
public enum PresenceKind {
    /** Nothing. */
    OFF,
    /** How many. */
    COUNT,
    /** How many, and the names of those who are signed in. */
    USERS
}
