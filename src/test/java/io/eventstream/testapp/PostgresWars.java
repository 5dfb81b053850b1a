package io.eventstream.testapp;

import io.eventstream.testing.Wars;
import java.io.File;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Collectors;
import org.jboss.shrinkwrap.api.asset.StringAsset;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.postgresql.ds.PGSimpleDataSource;

/** The test application with its storage in PostgreSQL, on a datasource and with a driver of its own. */
public final class PostgresWars {

    private static final String DATASOURCE = "java:app/jdbc/app";

    private PostgresWars() {}

    /** {@return that application on a database that has the tables} */
    public static WebArchive on(String url, Wars war) {
        return onDatasource(DATASOURCE, war).addAsLibraries(driver()).setWebXML(new StringAsset(webXml(url)));
    }

    /** {@return that application on a datasource of the server's} */
    public static WebArchive onDatasource(String name, Wars war) {
        return war.with("eventstream.storage", "jpa")
                .with(TestUnit.class)
                .withText(TestUnit.PATH, TestUnit.on(name))
                .archive();
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

    /** Without a URL: on WildFly and Open Liberty the user in it would not count. */
    private static String webXml(String url) {
        URI place = URI.create(url.substring("jdbc:".length()));
        Map<String, String> parameters = Arrays.stream(place.getQuery().split("&"))
                .map(parameter -> parameter.split("="))
                .collect(Collectors.toMap(parameter -> parameter[0], parameter -> parameter[1]));
        String user = parameters.remove("user");
        String properties = parameters.entrySet().stream()
                .map(one ->
                        "<property><name>%s</name><value>%s</value></property>".formatted(one.getKey(), one.getValue()))
                .collect(Collectors.joining());
        return """
                <?xml version="1.0" encoding="UTF-8"?>
                <web-app xmlns="https://jakarta.ee/xml/ns/jakartaee" version="6.0">
                  <data-source>
                    <name>%s</name>
                    <class-name>%s</class-name>
                    <server-name>%s</server-name>
                    <port-number>%d</port-number>
                    <database-name>%s</database-name>
                    <user>%s</user>
                    <password>any</password>
                    %s
                  </data-source>
                </web-app>
                """.formatted(
                        DATASOURCE,
                        PGSimpleDataSource.class.getName(),
                        place.getHost(),
                        place.getPort(),
                        place.getPath().substring(1),
                        user,
                        properties);
    }
}
