/** Door 2: requests come in and become streams. */
@NullMarked
package io.eventstream.subscribe;

import org.jspecify.annotations.NullMarked;
