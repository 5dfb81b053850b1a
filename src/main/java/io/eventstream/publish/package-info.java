/** Door 1: messages come in, by CDI event, by bean and by HTTP. */
@NullMarked
package io.eventstream.publish;

import org.jspecify.annotations.NullMarked;
