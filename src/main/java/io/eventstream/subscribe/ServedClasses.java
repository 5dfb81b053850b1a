package io.eventstream.subscribe;

import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletRegistration;
import jakarta.ws.rs.ApplicationPath;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Application;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What JAX-RS makes of an archive (Jakarta RESTful Web Services 3.1, section 2.3): without an {@link Application} nothing
 * is served, and one that lists classes serves those alone.
 *
 * @param own resource classes of the application, in it or a library of it
 * @param ours resource classes and providers of this library
 * @param applications those that are mapped to a path
 * @param everything whether something serves all classes there are, or what it serves cannot be known
 */
record ServedClasses(
        List<Class<?>> own, List<Class<?>> ours, List<Class<? extends Application>> applications, boolean everything) {

    private static final Logger LOG = System.getLogger(ServedClasses.class.getName());
    private static final String APPLICATION_PARAMETER = "jakarta.ws.rs.Application";
    private static final List<String> IMPLEMENTATIONS =
            List.of("org.glassfish.jersey.", "org.jboss.resteasy.", "io.openliberty.", "com.ibm.");
    private static final String ADVICE =
            "Add a class such as: @ApplicationPath(\"api\") public class Api extends Application {}";

    /** Something to be told. */
    record Finding(Level level, String text) {}

    static ServedClasses of(Set<Class<?>> found, ServletContext context) {
        Collection<? extends ServletRegistration> servlets =
                context.getServletRegistrations().values();
        Set<String> mapped = servlets.stream()
                .flatMap(servlet -> Stream.of(
                        servlet.getName(),
                        String.valueOf(servlet.getClassName()),
                        String.valueOf(servlet.getInitParameter(APPLICATION_PARAMETER))))
                .collect(Collectors.toSet());
        List<Class<? extends Application>> applications = new ArrayList<>();
        for (Class<?> type : concrete(found, Application.class::isAssignableFrom)) {
            if (type.isAnnotationPresent(ApplicationPath.class) || mapped.contains(type.getName())) {
                applications.add(type.asSubclass(Application.class));
            }
        }
        Set<String> names = applications.stream().map(Class::getName).collect(Collectors.toSet());
        boolean everything = servlets.stream()
                .filter(servlet -> !names.contains(servlet.getName())
                        && !names.contains(String.valueOf(servlet.getInitParameter(APPLICATION_PARAMETER))))
                // WildFly has one without a path where there is no Application.
                .filter(servlet -> !servlet.getMappings().isEmpty())
                .anyMatch(ServedClasses::isJaxRs);
        return new ServedClasses(
                concrete(found, type -> type.isAnnotationPresent(Path.class) && !isOurs(type)),
                concrete(found, type -> isOurs(type) && !Application.class.isAssignableFrom(type)),
                applications,
                everything);
    }

    private static boolean isJaxRs(ServletRegistration servlet) {
        return servlet.getName().equals(Application.class.getName())
                || IMPLEMENTATIONS.stream()
                        .anyMatch(name -> String.valueOf(servlet.getClassName()).startsWith(name));
    }

    private static boolean isOurs(Class<?> type) {
        // By its archive, since an application's packages may have names that begin as ours do.
        return type.getProtectionDomain().equals(ServedClasses.class.getProtectionDomain());
    }

    private static List<Class<?>> concrete(Set<Class<?>> found, Predicate<Class<?>> wanted) {
        return found.stream()
                .filter(type -> !type.isInterface() && !Modifier.isAbstract(type.getModifiers()))
                .filter(wanted)
                .toList();
    }

    /** {@return why something is not served, each with what to do} */
    List<Finding> findings() {
        if (everything) {
            return List.of();
        }
        if (applications.isEmpty()) {
            return List.of(
                    own.isEmpty()
                            ? new Finding(
                                    Level.INFO,
                                    "EventStream serves no stream: there is no JAX-RS Application, and no route of this"
                                            + " application's. To serve some: "
                                            + ADVICE)
                            : new Finding(
                                    Level.WARNING,
                                    "There is no JAX-RS Application, so that these are not served: " + names(own) + ". "
                                            + ADVICE));
        }
        Set<Class<?>> listed = new HashSet<>();
        for (Class<? extends Application> application : applications) {
            Set<Class<?>> classes = listed(application);
            if (classes.isEmpty()) {
                return List.of();
            }
            listed.addAll(classes);
        }
        return missing(listed);
    }

    private List<Finding> missing(Set<Class<?>> listed) {
        List<Class<?>> routes =
                own.stream().filter(EventStreamResource.class::isAssignableFrom).toList();
        List<Class<?>> missing = Stream.concat(routes.stream(), ours.stream())
                .filter(type -> !listed.contains(type))
                .toList();
        if (missing.isEmpty()) {
            return List.of();
        }
        return List.of(new Finding(
                routes.isEmpty() ? Level.INFO : Level.WARNING,
                names(applications) + " lists its classes, but not these, which EventStream needs to serve its routes: "
                        + names(missing) + ". Add them, or let getClasses() and getSingletons() return nothing, as they"
                        + " do by default"));
    }

    /** {@return what it lists; empty where it serves everything, or cannot be asked} */
    @SuppressWarnings("deprecation") // applications may use what is deprecated
    private static Set<Class<?>> listed(Class<? extends Application> type) {
        Set<Class<?>> classes = new HashSet<>();
        try {
            if (overrides(type, "getClasses") || overrides(type, "getSingletons")) {
                Application application = type.getConstructor().newInstance();
                classes.addAll(application.getClasses());
                application.getSingletons().forEach(singleton -> classes.add(singleton.getClass()));
            }
        } catch (ReflectiveOperationException | RuntimeException | LinkageError e) {
            LOG.log(Level.DEBUG, () -> "What " + type.getName() + " lists can only the server know", e);
        }
        return classes;
    }

    private static boolean overrides(Class<?> type, String method) throws NoSuchMethodException {
        return type.getMethod(method).getDeclaringClass() != Application.class;
    }

    private static String names(Collection<? extends Class<?>> classes) {
        return classes.stream().map(Class::getName).sorted().collect(Collectors.joining(", "));
    }
}
