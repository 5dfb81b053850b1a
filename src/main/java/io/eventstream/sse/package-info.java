/** The wire: events to bytes. */
@NullMarked
package io.eventstream.sse;

import org.jspecify.annotations.NullMarked;
