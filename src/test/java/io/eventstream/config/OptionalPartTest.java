package io.eventstream.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.list;

import io.eventstream.config.OptionalPart.Choice;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.FieldSource;

class OptionalPartTest {

    private static final ClassLoader WITH_THE_API = OptionalPartTest.class.getClassLoader();

    static final List<OptionalPart> PARTS = OptionalPart.ALL;

    /** As on a server that lacks the API: our classes are there, and what they mention is not. */
    private static final ClassLoader WITHOUT = new ClassLoader(WITH_THE_API) {
        @Override
        protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            if (name.startsWith("org.eclipse.microprofile.health.")) {
                throw new ClassNotFoundException(name);
            }
            if (!name.startsWith("io.eventstream.monitor.")) {
                return super.loadClass(name, resolve);
            }
            try (InputStream in = WITH_THE_API.getResourceAsStream(name.replace('.', '/') + ".class")) {
                byte[] bytes = in.readAllBytes();
                return defineClass(name, bytes, 0, bytes.length);
            } catch (IOException e) {
                throw new ClassNotFoundException(name, e);
            }
        }
    };

    @ParameterizedTest
    @FieldSource("PARTS")
    void isAddedByItselfWhereItCanBe(OptionalPart part) {
        assertThat(part.choose(ConfigFixtures.config(), WITH_THE_API))
                .isInstanceOfSatisfying(Choice.Added.class, added -> {
                    assertThat(added.beans()).extracting(Class::getName).isEqualTo(part.beans());
                    assertThat(added.reason()).contains(part.key() + " = auto", "the server has " + part.api());
                });
    }

    @ParameterizedTest
    @FieldSource("PARTS")
    void isLeftOutWhereTheServerLacksTheApi(OptionalPart part) {
        assertThat(part.choose(ConfigFixtures.config(), WITHOUT))
                .isInstanceOfSatisfying(
                        Choice.LeftOut.class,
                        left -> assertThat(left.reason())
                                .contains(part.key() + " = auto", "does not have " + part.api()));
    }

    @ParameterizedTest
    @FieldSource("PARTS")
    void isRefusedWhereItIsAskedForInVain(OptionalPart part) {
        assertThat(part.choose(ConfigFixtures.config(part.key(), "true"), WITHOUT))
                .isInstanceOfSatisfying(
                        Choice.Refused.class,
                        refused -> assertThat(refused.reason())
                                .contains(part.key() + " = true", part.api(), part.remedy(), "set auto or false"));
    }

    @ParameterizedTest
    @FieldSource("PARTS")
    void isRefusedAsTheDocumentationShows(OptionalPart part) throws IOException {
        Choice refused = part.choose(ConfigFixtures.config(part.key(), "true"), WITHOUT);

        assertThat(Files.readString(Path.of("docs/configuration.md")).lines())
                .contains(new InvalidSettingException(List.of(refused.reason())).getMessage());
    }

    @ParameterizedTest
    @FieldSource("PARTS")
    void isThereWhenItIsAskedFor(OptionalPart part) {
        assertThat(part.choose(ConfigFixtures.config(part.key(), "true"), WITH_THE_API))
                .isInstanceOf(Choice.Added.class);
    }

    @ParameterizedTest
    @CsvSource({"true", "false"})
    void isLeftOutWhenItIsNotWantedWhateverTheServerHas(boolean there) {
        assertThat(PARTS)
                .extracting(
                        part -> part.choose(ConfigFixtures.config(part.key(), "false"), there ? WITH_THE_API : WITHOUT))
                .asInstanceOf(list(Choice.class))
                .allSatisfy(choice -> assertThat(choice)
                        .isInstanceOfSatisfying(
                                Choice.LeftOut.class,
                                left -> assertThat(left.reason()).contains("= false")));
    }
}
