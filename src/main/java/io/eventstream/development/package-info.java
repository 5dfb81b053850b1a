/** What only {@code mvn -Prun} needs: a token made at start, a check of the Host header and a clock to look at. */
@NullMarked
package io.eventstream.development;

import org.jspecify.annotations.NullMarked;
