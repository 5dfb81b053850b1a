package io.eventstream.storage;

import static org.assertj.core.api.Assertions.assertThat;

import io.eventstream.config.RedisSettings;
import io.eventstream.testing.ClassesWithout;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class RedisWithoutClientTest {

    @Test
    void itIsToldWhatToAdd() throws Exception {
        Method open = new ClassesWithout("redis.clients.", "io.eventstream.storage.", "io.eventstream.redis.")
                .loadClass(RedisEventStorage.class.getName())
                .getDeclaredMethod("open", RedisSettings.class);
        open.setAccessible(true);

        Throwable refused = null;
        try {
            open.invoke(null, new RedisSettings("redis://localhost", "eventstream", Duration.ofSeconds(1)));
        } catch (InvocationTargetException e) {
            refused = e.getCause();
        }

        assertThat(refused)
                .hasToString("java.lang.IllegalStateException: Storage in Redis needs Jedis 8, which the"
                        + " application does not have: add the dependency redis.clients:jedis, so that it is in"
                        + " WEB-INF/lib");
    }
}
