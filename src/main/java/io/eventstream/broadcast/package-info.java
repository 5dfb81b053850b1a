/** This node's listeners: one broadcaster per channel, its tail, and the subscribers as positions in it. */
@NullMarked
package io.eventstream.broadcast;

import org.jspecify.annotations.NullMarked;
