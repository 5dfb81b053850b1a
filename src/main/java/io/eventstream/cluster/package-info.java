/** Node to node: what one node sends reaches the subscribers of the others. */
@NullMarked
package io.eventstream.cluster;

import org.jspecify.annotations.NullMarked;
