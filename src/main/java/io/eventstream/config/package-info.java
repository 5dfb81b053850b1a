/** The settings: every key with its default and range. */
@NullMarked
package io.eventstream.config;

import org.jspecify.annotations.NullMarked;
