package io.eventstream;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaAccess.Predicates.target;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.name;
import static com.tngtech.archunit.core.domain.properties.HasOwner.Predicates.With.owner;
import static com.tngtech.archunit.lang.conditions.ArchConditions.beFinal;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The map of packages, and what no class of ours does. */
class PackageRulesTest {

    private static final String ROOT = "io.eventstream.";
    private static final Path SOURCES = Path.of("src/main/java");
    private static final int LONGEST_FILE = 250;

    private static final JavaClasses MAIN = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("io.eventstream");

    @Nested
    class ThePackages {

        @ParameterizedTest(name = "{0} imports of ours at most: {1}")
        @CsvSource(
                nullValues = "nothing",
                value = {
                    "api, nothing",
                    "spi, api",
                    "config, nothing",
                    "sse, api",
                    "http, api spi config sse",
                    "broadcast, api spi config sse channel server",
                    "channel, api spi config",
                    "client, api",
                    "server, nothing",
                    "redis, config",
                    "sender, api client config redis storage cluster",
                    "storage, api spi config channel server redis",
                    "presence, api spi config server broadcast",
                    "cluster, api spi config sse channel server redis broadcast presence",
                    "publish, api spi config sse channel http broadcast presence storage server",
                    "subscribe, api spi config sse channel http broadcast",
                    "development, api spi config http channel",
                    "monitor, api spi config broadcast",
                })
        void importOnlyWhatTheMapShows(String importer, String imported) {
            String[] allowed = Stream.concat(
                            Stream.of(importer), imported == null ? Stream.of() : Arrays.stream(imported.split(" ")))
                    .map(PackageRulesTest::within)
                    .toArray(String[]::new);

            noClasses()
                    .that()
                    .resideInAPackage(within(importer))
                    .should()
                    .dependOnClassesThat(resideInAPackage("io.eventstream..").and(not(resideInAnyPackage(allowed))))
                    .check(MAIN);
        }

        @Test
        void areAllOnTheMap() {
            assertThat(packages())
                    .containsExactlyInAnyOrder(
                            "api",
                            "spi",
                            "client",
                            "sender",
                            "config",
                            "sse",
                            "http",
                            "broadcast",
                            "channel",
                            "server",
                            "redis",
                            "presence",
                            "storage",
                            "cluster",
                            "publish",
                            "subscribe",
                            "development",
                            "monitor");
        }

        @Test
        void formNoCycle() {
            slices().matching("io.eventstream.(*)..").should().beFreeOfCycles().check(MAIN);
        }

        @ParameterizedTest
        @CsvSource({"publish", "subscribe", "development"})
        void leaveTheDoorsAlone(String door) {
            noClasses()
                    .that()
                    .resideOutsideOfPackage(within(door))
                    .should()
                    .dependOnClassesThat(resideInAPackage(within(door)))
                    .check(MAIN);
        }

        @Test
        void sayThatNothingIsNull() {
            assertThat(packages())
                    .allSatisfy(name -> assertThat(Class.forName(ROOT + name + ".package-info")
                                    .getPackage()
                                    .isAnnotationPresent(NullMarked.class))
                            .as(name)
                            .isTrue());
        }
    }

    @Nested
    class TheClasses {

        @Test
        void haveNoStaticStateThatChanges() {
            fields().that().areStatic().should(beFinal()).check(MAIN);
        }

        @Test
        void leaveReadingSettingsToConfig() {
            noClasses()
                    .that()
                    .resideOutsideOfPackage(within("config"))
                    .should()
                    .dependOnClassesThat(resideInAPackage("org.eclipse.microprofile.config.."))
                    .check(MAIN);
        }

        /** The command line writes, but does not log. */
        @Test
        void logWithSystemLoggerAlone() {
            noClasses()
                    .that()
                    .resideOutsideOfPackage(within("client"))
                    .should()
                    .dependOnClassesThat(
                            resideInAnyPackage("java.util.logging..", "org.slf4j..", "org.jboss.logging.."))
                    .orShould()
                    .accessTargetWhere(target(owner(name("java.lang.System"))).and(target(name("out"))))
                    .orShould()
                    .accessTargetWhere(target(owner(name("java.lang.System"))).and(target(name("err"))))
                    .check(MAIN);
        }

        /** Programs outside of a server have the jar alone. */
        @Test
        void needTheJdkAloneWhereTheyAreForPrograms() {
            noClasses()
                    .that()
                    .resideInAnyPackage(within("client"), within("sender"))
                    .and()
                    .doNotHaveSimpleName("JmsEventSender")
                    .should()
                    .dependOnClassesThat(resideInAPackage("jakarta.."))
                    .check(MAIN);
        }

        /** A bean-defining annotation would have them loaded on servers that lack the API. */
        @Test
        void areMadeBeansByTheExtensionAloneWhereTheyMentionAnOptionalApi() {
            noClasses()
                    .that(dependOn(resideInAPackage("org.eclipse.microprofile.health..")))
                    .should()
                    .dependOnClassesThat(resideInAnyPackage("jakarta.enterprise.context..", "jakarta.ejb.."))
                    .orShould()
                    .resideOutsideOfPackage(within("monitor"))
                    .check(MAIN);
        }

        /** Applications without Redis do not bring Jedis. */
        @Test
        void leaveJedisToThoseThatAreLoadedWhereItIsAskedFor() {
            noClasses()
                    .that()
                    .haveNameNotMatching(
                            ".*\\.(redis\\.RedisConnector|storage\\.RedisLink|cluster\\.RedisTransport)(\\$.*)?")
                    .should()
                    .dependOnClassesThat(resideInAPackage("redis.clients.."))
                    .check(MAIN);
        }

        /** Not every server has it. */
        @Test
        void leaveJakartaMessagingToThoseThatAreLoadedWhereItIsAskedFor() {
            noClasses()
                    .that()
                    .haveNameNotMatching(
                            ".*\\.(cluster\\.Jms(Transport|Factories|Queue)|sender\\.JmsEventSender)(\\$.*)?")
                    .should()
                    .dependOnClassesThat(resideInAPackage("jakarta.jms.."))
                    .check(MAIN);
        }

        private static DescribedPredicate<JavaClass> dependOn(DescribedPredicate<? super JavaClass> api) {
            return DescribedPredicate.describe(
                    "depend on " + api.getDescription(),
                    type -> type.getDirectDependenciesFromSelf().stream()
                            .anyMatch(dependency -> api.test(dependency.getTargetClass())));
        }

        @Test
        void areNamedByWhatTheyDo() {
            noClasses()
                    .that()
                    .doNotHaveSimpleName("ChannelManager")
                    .should()
                    .haveNameMatching(".*\\.(\\w*(Manager|Helper|Utils?|Handler|Impl)|Abstract\\w*)")
                    .check(MAIN);
        }

        @Test
        void areMostlyPackagePrivateWhereApplicationsDoNotProgramAgainstThem() {
            Map<Boolean, Long> byVisibility = MAIN.stream()
                    .filter(type -> !type.getPackageName().matches("io\\.eventstream\\.(api|spi)"))
                    .filter(JavaClass::isTopLevelClass)
                    .filter(type -> !type.getSimpleName().equals("package-info"))
                    .collect(Collectors.partitioningBy(
                            type -> type.getModifiers().contains(JavaModifier.PUBLIC), Collectors.counting()));

            assertThat(byVisibility.get(false)).isGreaterThan(byVisibility.get(true));
        }
    }

    @Nested
    class TheFiles {

        @Test
        void haveAtMost250Lines() throws IOException {
            Set<String> longer = new TreeSet<>();
            for (Path file : sources()) {
                try (Stream<String> lines = Files.lines(file)) {
                    if (lines.count() > LONGEST_FILE) {
                        longer.add(file.getFileName().toString());
                    }
                }
            }

            assertThat(longer).isEmpty();
        }
    }

    private static String within(String name) {
        return ROOT + name + "..";
    }

    private static Set<String> packages() {
        return MAIN.stream()
                .map(type -> type.getPackageName().substring(ROOT.length()))
                .collect(Collectors.toSet());
    }

    private static List<Path> sources() throws IOException {
        try (Stream<Path> files = Files.walk(SOURCES)) {
            return files.filter(file -> file.toString().endsWith(".java")).toList();
        }
    }
}
