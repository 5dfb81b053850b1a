package io.eventstream.subscribe;

import jakarta.servlet.ServletContainerInitializer;
import jakarta.servlet.ServletContext;
import jakarta.servlet.annotation.HandlesTypes;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Application;
import jakarta.ws.rs.ext.Provider;
import java.lang.System.Logger;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Tells, while the application starts, why its routes would not be served. */
@HandlesTypes({Application.class, Path.class, Provider.class})
public class ApplicationCheck implements ServletContainerInitializer {

    private static final Logger LOG = System.getLogger(ApplicationCheck.class.getName());

    /** For the server, which makes initializers. */
    public ApplicationCheck() {}

    @Override
    public void onStartup(@Nullable Set<Class<?>> found, ServletContext context) {
        var classes = ServedClasses.of(found == null ? Set.of() : found, context);
        classes.findings().forEach(finding -> LOG.log(finding.level(), finding.text()));
    }
}
