package io.eventstream.testapp;

import io.eventstream.testing.Wars;
import java.io.File;
import java.net.URISyntaxException;
import org.jboss.shrinkwrap.api.asset.StringAsset;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.postgresql.ds.PGSimpleDataSource;

/** The test application with its storage in PostgreSQL, on a datasource and with a driver of its own. */
public final class PostgresWars {

    private static final String DATASOURCE = "java:app/jdbc/app";

    private PostgresWars() {}

    /** {@return that application on a database that has the tables} */
    public static WebArchive on(String url, Wars war) {
        return war.with("eventstream.storage", "jpa")
                .with(TestUnit.class)
                .withText(TestUnit.PATH, TestUnit.on(DATASOURCE))
                .archive()
                .addAsLibraries(driver())
                .setWebXML(new StringAsset(webXml(url)));
    }

    private static File driver() {
        try {
            return new File(PGSimpleDataSource.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String webXml(String url) {
        return """
                <?xml version="1.0" encoding="UTF-8"?>
                <web-app xmlns="https://jakarta.ee/xml/ns/jakartaee" version="6.0">
                  <data-source>
                    <name>%s</name>
                    <class-name>%s</class-name>
                    <url>%s</url>
                  </data-source>
                </web-app>
                """.formatted(DATASOURCE, PGSimpleDataSource.class.getName(), url.replace("&", "&amp;"));
    }
}
