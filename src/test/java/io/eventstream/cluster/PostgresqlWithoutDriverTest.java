package io.eventstream.cluster;

import static io.eventstream.config.ConfigFixtures.config;
import static org.assertj.core.api.Assertions.assertThat;

import io.eventstream.config.EventStreamConfig;
import io.eventstream.testing.ClassesWithout;
import io.eventstream.testing.FakeInstance;
import jakarta.enterprise.inject.Instance;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import org.junit.jupiter.api.Test;

class PostgresqlWithoutDriverTest {

    @Test
    void itIsToldWhatToAdd() throws Exception {
        Method choose = new ClassesWithout("org.postgresql.", "io.eventstream.cluster.")
                .loadClass(Transports.class.getName())
                .getDeclaredMethod("choose", EventStreamConfig.class, Instance.class);
        choose.setAccessible(true);
        EventStreamConfig config = config(
                "eventstream.transport", "postgresql", "eventstream.postgresql.url", "jdbc:postgresql://localhost/a");

        Throwable refused = null;
        try {
            choose.invoke(null, config, FakeInstance.empty());
        } catch (InvocationTargetException e) {
            refused = e.getCause();
        }

        assertThat(refused)
                .hasToString("jakarta.enterprise.inject.spi.DeploymentException: EventStream cannot start with"
                        + " eventstream.transport = postgresql: it needs PostgreSQL's JDBC driver, which the application"
                        + " does not see: add the dependency org.postgresql:postgresql, so that it is in WEB-INF/lib");
    }
}
