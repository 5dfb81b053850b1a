/** What tells an operator how this node does. */
@NullMarked
package io.eventstream.monitor;

import org.jspecify.annotations.NullMarked;
