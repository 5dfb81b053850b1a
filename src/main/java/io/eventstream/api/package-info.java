/** What applications import: messages, events, annotations and exceptions. */
@NullMarked
package io.eventstream.api;

import org.jspecify.annotations.NullMarked;
