/** What both doors share of HTTP: who asks, and what pages of other origins may. */
@NullMarked
package io.eventstream.http;

import org.jspecify.annotations.NullMarked;
