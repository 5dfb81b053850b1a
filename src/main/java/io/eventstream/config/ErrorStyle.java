package io.eventstream.config;

/** How a refused stream is told so: the setting {@code eventstream.errors}. */
public enum ErrorStyle {
    /** 200 and a {@code stream-error} event, which an EventSource can read. */
    STREAM,
    /** 400, 401 or 403. */
    STATUS
}
