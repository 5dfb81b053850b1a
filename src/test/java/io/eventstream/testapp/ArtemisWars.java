package io.eventstream.testapp;

import io.eventstream.testing.Wars;
import java.io.File;
import java.util.regex.Pattern;
import org.jboss.shrinkwrap.api.spec.WebArchive;

/** Applications that bring the Artemis client. */
public final class ArtemisWars {

    /** What {@code mvn} puts into a WAR that has it as a dependency; the JMS API too, which not every server has. */
    private static final Pattern CLIENT =
            Pattern.compile("(artemis-(jakarta-client|core-client|commons|selector)|netty-.*"
                    + "|jgroups|jakarta\\.jms-api|slf4j-api|commons-(beanutils|collections|logging)|pem-keystore|asn-one)"
                    + "-\\d.*\\.jar");

    private ArtemisWars() {}

    /** {@return it with the client, from the class path of the tests} */
    public static WebArchive withClient(Wars war) {
        return withClient(war.archive());
    }

    /** {@return the same with the client} */
    public static WebArchive withClient(WebArchive war) {
        return war.addAsLibraries(jars());
    }

    /** {@return the client, and what it needs} */
    public static File[] jars() {
        return Pattern.compile(File.pathSeparator, Pattern.LITERAL)
                .splitAsStream(System.getProperty("java.class.path"))
                .map(File::new)
                .filter(file -> CLIENT.matcher(file.getName()).matches())
                .toArray(File[]::new);
    }
}
