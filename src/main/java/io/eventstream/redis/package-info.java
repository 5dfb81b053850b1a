/** How Redis is reached, for whoever uses it. */
@NullMarked
package io.eventstream.redis;

import org.jspecify.annotations.NullMarked;
