/** What applications may replace. */
@NullMarked
package io.eventstream.spi;

import org.jspecify.annotations.NullMarked;
