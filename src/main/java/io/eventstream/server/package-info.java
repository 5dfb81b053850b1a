/** What the server offers under the names of the platform. */
@NullMarked
package io.eventstream.server;

import org.jspecify.annotations.NullMarked;
