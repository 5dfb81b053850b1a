package io.eventstream.testing;

import java.io.File;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Stream;
import org.jboss.shrinkwrap.api.ShrinkWrap;
import org.jboss.shrinkwrap.api.asset.StringAsset;
import org.jboss.shrinkwrap.api.spec.EnterpriseArchive;
import org.jboss.shrinkwrap.api.spec.WebArchive;

/**
 * An application to deploy: the library in {@code WEB-INF/lib}, classes of the tests, and settings.
 *
 * @param name its context root
 * @param classes packages' classes and single ones, with those nested in them
 * @param settings for MicroProfile Config
 * @param texts files, by their paths in {@code WEB-INF/classes}
 */
public record Wars(String name, List<Class<?>> classes, Map<String, String> settings, Map<String, String> texts) {

    /** Copies what it is given. */
    public Wars {
        classes = List.copyOf(classes);
        settings = Map.copyOf(settings);
        texts = Map.copyOf(texts);
    }

    /** An application of these classes, without settings. */
    public static Wars of(String name, Class<?>... classes) {
        return new Wars(name, Arrays.asList(classes), Map.of(), Map.of());
    }

    /** {@return the same with more classes} */
    public Wars with(Class<?>... more) {
        return new Wars(
                name, Stream.concat(classes.stream(), Arrays.stream(more)).toList(), settings, texts);
    }

    /** {@return the same with a setting} */
    public Wars with(String key, String value) {
        var more = new HashMap<>(settings);
        more.put(key, value);
        return new Wars(name, classes, more, texts);
    }

    /** {@return the same with settings} */
    public Wars with(Map<String, String> more) {
        var all = new HashMap<>(settings);
        all.putAll(more);
        return new Wars(name, classes, all, texts);
    }

    /** {@return the same with a file} */
    public Wars withText(String path, String text) {
        var more = new HashMap<>(texts);
        more.put(path, text);
        return new Wars(name, classes, settings, more);
    }

    /** {@return the file to deploy} */
    public WebArchive archive() {
        return withoutLibrary().addAsLibrary(library());
    }

    /** {@return an EAR of that name with only this application, and the library in the EAR's own folder} */
    public EnterpriseArchive enterpriseArchive() {
        return ShrinkWrap.create(EnterpriseArchive.class, name + ".ear")
                .addAsLibrary(library())
                .addAsModule(withoutLibrary());
    }

    private static File library() {
        return new File(System.getProperty("eventstream.it.jar"));
    }

    private WebArchive withoutLibrary() {
        WebArchive war = ShrinkWrap.create(WebArchive.class, name + ".war")
                .addClasses(classes.toArray(Class<?>[]::new))
                .addAsResource(new StringAsset(properties()), "META-INF/microprofile-config.properties");
        texts.forEach((path, text) -> war.addAsResource(new StringAsset(text), path));
        return war;
    }

    private String properties() {
        var properties = new Properties();
        properties.putAll(settings);
        var text = new StringWriter();
        try {
            properties.store(text, null);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return text.toString();
    }
}
