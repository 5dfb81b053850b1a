/** Which channels, and may this user. */
@NullMarked
package io.eventstream.channel;

import org.jspecify.annotations.NullMarked;
