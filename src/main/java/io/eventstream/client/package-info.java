/**
 * For programs outside of the server: sending and listening over HTTP, with the JDK alone. Nothing here is used inside of a
 * server, and nothing here needs Jakarta EE.
 */
@NullMarked
package io.eventstream.client;

import org.jspecify.annotations.NullMarked;
