package io.eventstream.broadcast;

import org.jspecify.annotations.Nullable;

/** Events of one channel that can be looked up by their numbers. Safe for use by many threads. */
interface EventSource {

    /** {@return the event of that number, or null where it is not here} */
    @Nullable
    TailEvent at(long number);
}
