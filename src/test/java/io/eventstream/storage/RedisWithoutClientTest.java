package io.eventstream.storage;

import static org.assertj.core.api.Assertions.assertThat;

import io.eventstream.config.RedisSettings;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class RedisWithoutClientTest {

    /** Has our classes, and all others but those of Jedis. */
    private static final class WithoutJedis extends ClassLoader {

        WithoutJedis() {
            super(RedisWithoutClientTest.class.getClassLoader());
        }

        @Override
        protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            synchronized (getClassLoadingLock(name)) {
                if (name.startsWith("redis.clients.")) {
                    throw new ClassNotFoundException(name);
                }
                if (!name.startsWith("io.eventstream.storage.") && !name.startsWith("io.eventstream.redis.")) {
                    return super.loadClass(name, resolve);
                }
                Class<?> loaded = findLoadedClass(name);
                return loaded == null ? own(name) : loaded;
            }
        }

        private Class<?> own(String name) throws ClassNotFoundException {
            try (InputStream in = getResourceAsStream(name.replace('.', '/') + ".class")) {
                if (in == null) {
                    throw new ClassNotFoundException(name);
                }
                byte[] bytes = in.readAllBytes();
                return defineClass(name, bytes, 0, bytes.length);
            } catch (IOException e) {
                throw new ClassNotFoundException(name, e);
            }
        }
    }

    @Test
    void itIsToldWhatToAdd() throws Exception {
        Method open = new WithoutJedis()
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
