package io.eventstream.testing;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Properties;
import org.jboss.shrinkwrap.api.ArchivePath;
import org.jboss.shrinkwrap.api.ArchivePaths;
import org.jboss.shrinkwrap.api.ShrinkWrap;
import org.jboss.shrinkwrap.api.asset.StringAsset;
import org.jboss.shrinkwrap.api.importer.ZipImporter;
import org.jboss.shrinkwrap.api.spec.WebArchive;

/** The hub as it was built, with settings of a test's own. */
public final class Hub {

    private static final ArchivePath SETTINGS =
            ArchivePaths.create("WEB-INF/classes/META-INF/microprofile-config.properties");

    private Hub() {}

    /** {@return the hub, to be deployed by that name} */
    public static WebArchive war(String name, Map<String, String> settings) {
        WebArchive war = ShrinkWrap.create(ZipImporter.class, name + ".war")
                .importFrom(new File(System.getProperty("eventstream.it.war")))
                .as(WebArchive.class);
        var properties = new Properties();
        try (InputStream own = war.get(SETTINGS).getAsset().openStream()) {
            properties.load(own);
            properties.putAll(settings);
            var text = new StringWriter();
            properties.store(text, null);
            war.delete(SETTINGS);
            war.add(new StringAsset(text.toString()), SETTINGS);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return war;
    }
}
