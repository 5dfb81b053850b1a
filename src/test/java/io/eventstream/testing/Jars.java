package io.eventstream.testing;

import java.net.URI;
import java.nio.file.Path;

/** Jars on the class path of the tests. */
final class Jars {

    private Jars() {}

    /** {@return the jar that has that class} */
    static Path of(Class<?> type) {
        return Path.of(URI.create(
                type.getProtectionDomain().getCodeSource().getLocation().toString()));
    }
}
