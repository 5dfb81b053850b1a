package io.eventstream.broadcast;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URL;
import java.net.URLClassLoader;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ServerCallTest {

    private final Thread thread = Thread.currentThread();
    private final ClassLoader before = thread.getContextClassLoader();

    @Test
    void hasTheServersClassLoader() throws Exception {
        List<ClassLoader> during = new ArrayList<>();
        try (var applications = new URLClassLoader(new URL[0], before)) {
            thread.setContextClassLoader(applications);
            ServerCall.make(this, () -> during.add(thread.getContextClassLoader()));

            assertThat(during).containsExactly(getClass().getClassLoader());
            assertThat(thread.getContextClassLoader()).isSameAs(applications);
        } finally {
            thread.setContextClassLoader(before);
        }
    }

    @Test
    void putsTheApplicationsBackWhereItFails() {
        assertThatThrownBy(() -> ServerCall.make("", () -> {
                    throw new IllegalStateException("completed already");
                }))
                .isInstanceOf(IllegalStateException.class);

        assertThat(thread.getContextClassLoader()).isSameAs(before);
    }
}
