/**
 * For programs outside of the server that reach Redis or the broker, and need not know a server. Nothing here is used inside
 * of a server.
 */
@NullMarked
package io.eventstream.sender;

import org.jspecify.annotations.NullMarked;
