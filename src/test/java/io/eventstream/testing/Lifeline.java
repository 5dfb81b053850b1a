package io.eventstream.testing;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import org.jboss.shrinkwrap.api.ShrinkWrap;
import org.jboss.shrinkwrap.api.asset.StringAsset;
import org.jboss.shrinkwrap.api.exporter.ZipExporter;
import org.jboss.shrinkwrap.api.spec.JavaArchive;

/** Lets a server's process end when its standard input does, so that it never outlives the tests, however they end. */
final class Lifeline {

    private Lifeline() {}

    /** {@return the option for {@code java}; a jar that it needs is written to that directory} */
    static String option(Path directory) {
        Path jar = directory.resolve("lifeline.jar");
        ShrinkWrap.create(JavaArchive.class)
                .addClass(Agent.class)
                .setManifest(new StringAsset("Premain-Class: " + Agent.class.getName() + "\n"))
                .as(ZipExporter.class)
                .exportTo(jar.toFile(), true);
        return "-javaagent:" + jar;
    }

    /** What runs in the server's process; an agent, since the server's own main class is the one that is started. */
    static final class Agent {

        private Agent() {}

        /** Called by the JVM before the server's main method. */
        public static void premain(String arguments) {
            // Taken now: servers put streams of their own into System.
            InputStream in = System.in;
            Thread thread = new Thread(() -> endWith(in), "lifeline");
            thread.setDaemon(true);
            thread.start();
        }

        private static void endWith(InputStream in) {
            try {
                in.transferTo(OutputStream.nullOutputStream());
            } catch (IOException e) {
                // The tests are gone all the same.
            }
            Runtime.getRuntime().halt(0);
        }
    }
}
