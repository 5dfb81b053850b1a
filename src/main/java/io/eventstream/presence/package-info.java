/** Who listens to a channel: on this node, and as far as they have told on the others. */
@NullMarked
package io.eventstream.presence;

import org.jspecify.annotations.NullMarked;
