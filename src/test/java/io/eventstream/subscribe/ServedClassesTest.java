package io.eventstream.subscribe;

import static org.assertj.core.api.Assertions.assertThat;

import io.eventstream.subscribe.ServedClasses.Finding;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletRegistration;
import jakarta.ws.rs.ApplicationPath;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Application;
import java.lang.System.Logger.Level;
import java.lang.reflect.Proxy;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class ServedClassesTest {

    @Path("news")
    static class News extends EventStreamResource {}

    @Path("hello")
    static class Hello {}

    @ApplicationPath("api")
    static class Everything extends Application {}

    static class Unmapped extends Application {}

    @ApplicationPath("api")
    public static class Listing extends Application {
        @Override
        public Set<Class<?>> getClasses() {
            return Set.of(Hello.class);
        }
    }

    @ApplicationPath("more")
    public static class ListingTheRest extends Application {
        @Override
        @SuppressWarnings("deprecation")
        public Set<Object> getSingletons() {
            return Set.of(new News(), new OpenEvents());
        }
    }

    @ApplicationPath("api")
    public static class Broken extends Application {
        @Override
        public Set<Class<?>> getClasses() {
            throw new IllegalStateException("not before the server has started");
        }
    }

    @Nested
    class WithoutAnApplication {

        @Test
        void itsResourcesAreNotServed() {
            assertThat(findings(context(), News.class, Hello.class))
                    .singleElement()
                    .satisfies(finding -> {
                        assertThat(finding.level()).isEqualTo(Level.WARNING);
                        assertThat(finding.text())
                                .contains(News.class.getName(), Hello.class.getName(), "@ApplicationPath(\"api\")");
                    });
        }

        @Test
        void nobodyIsWarnedWhereThereIsNothingToServeButOurs() {
            assertThat(findings(context(), OpenEvents.class))
                    .extracting(Finding::level)
                    .containsExactly(Level.INFO);
        }

        @Test
        void aServletOfTheServerThatIsMappedToNoPathDoesNotCount() {
            ServletRegistration unmapped = fake(
                    ServletRegistration.class,
                    Map.of("getMappings", List.of(), "getName", Application.class.getName()));

            assertThat(findings(context(Map.of("rest", unmapped)), News.class))
                    .extracting(Finding::level)
                    .containsExactly(Level.WARNING);
        }

        @Test
        void oneThatIsMappedToNoPathDoesNotCount() {
            assertThat(findings(context(), News.class, Unmapped.class))
                    .extracting(Finding::level)
                    .containsExactly(Level.WARNING);
        }
    }

    @Nested
    class Everywhere {

        @Test
        void isServedByAnApplicationThatListsNothing() {
            assertThat(findings(context(), News.class, Everything.class)).isEmpty();
            assertThat(findings(context(), News.class, Listing.class, Everything.class))
                    .isEmpty();
        }

        @Test
        void isServedByTheStandardServletWithoutAClass() {
            assertThat(findings(context(Application.class.getName(), "any", ""), News.class))
                    .isEmpty();
        }

        @Test
        void isServedByOneThatAServletNames() {
            assertThat(findings(context("rest", "any", Unmapped.class.getName()), News.class, Unmapped.class))
                    .isEmpty();
        }

        @Test
        void countsAsServedByAServletOfWhichNothingIsKnown() {
            assertThat(findings(context("rest", "org.glassfish.jersey.servlet.ServletContainer", ""), News.class))
                    .isEmpty();
        }
    }

    @Nested
    class AnApplicationThatLists {

        @Test
        void isToldWhatIsMissing() {
            assertThat(findings(context(), News.class, Hello.class, OpenEvents.class, Listing.class))
                    .singleElement()
                    .satisfies(finding -> {
                        assertThat(finding.level()).isEqualTo(Level.WARNING);
                        assertThat(finding.text())
                                .contains(Listing.class.getName(), News.class.getName(), OpenEvents.class.getName())
                                .doesNotContain(Hello.class.getName());
                    });
        }

        @Test
        void isNotWarnedWhereItHasNoRoute() {
            assertThat(findings(context(), Hello.class, OpenEvents.class, Listing.class))
                    .extracting(Finding::level)
                    .containsExactly(Level.INFO);
        }

        @Test
        void isToldNothingWhereAnotherListsTheRest() {
            assertThat(findings(context(), News.class, OpenEvents.class, Listing.class, ListingTheRest.class))
                    .isEmpty();
        }

        @Test
        void isToldNothingWhereItCannotBeAsked() {
            assertThat(findings(context(), News.class, Broken.class)).isEmpty();
        }

        @Test
        void isAskedAlsoWhereItsOwnServletServesIt() {
            String name = Listing.class.getName();
            assertThat(findings(context(name, "org.jboss.resteasy.Dispatcher", name), News.class, Listing.class))
                    .hasSize(1);
        }
    }

    private static List<Finding> findings(ServletContext context, Class<?>... found) {
        return ServedClasses.of(new LinkedHashSet<>(List.of(found)), context).findings();
    }

    private static ServletContext context() {
        return context(Map.of());
    }

    /** With one servlet. */
    private static ServletContext context(String name, String type, String application) {
        return context(Map.of(
                name,
                fake(
                        ServletRegistration.class,
                        Map.of(
                                "getMappings",
                                List.of("/*"),
                                "getName",
                                name,
                                "getClassName",
                                type,
                                "getInitParameter",
                                application))));
    }

    private static ServletContext context(Map<String, ServletRegistration> servlets) {
        return fake(ServletContext.class, Map.of("getServletRegistrations", servlets));
    }

    private static <T> T fake(Class<T> type, Map<String, Object> answers) {
        Map<String, Object> copy = new HashMap<>(answers);
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(),
                new Class<?>[] {type},
                (proxy, method, arguments) -> copy.get(method.getName())));
    }
}
