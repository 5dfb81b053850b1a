/** What clients missed: events in a database, their numbers, and how long they are kept. */
@NullMarked
package io.eventstream.storage;

import org.jspecify.annotations.NullMarked;
