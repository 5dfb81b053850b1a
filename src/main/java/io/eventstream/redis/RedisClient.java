package io.eventstream.redis;

/** Whether the application brings Jedis; asked before any class of ours that needs it is loaded. */
public final class RedisClient {

    private RedisClient() {}

    /** {@return whether it is there} */
    public static boolean isThere() {
        try {
            load();
            return true;
        } catch (ClassNotFoundException | LinkageError e) {
            return false;
        }
    }

    private static void load() throws ClassNotFoundException {
        Class.forName("redis.clients.jedis.Connection", false, RedisClient.class.getClassLoader());
    }

    /**
     * Asks for it.
     *
     * @param part what needs it, as the beginning of a sentence
     * @throws IllegalStateException if it is not there
     */
    public static void require(String part) {
        try {
            load();
        } catch (ClassNotFoundException | LinkageError e) {
            throw new IllegalStateException(
                    part + " needs Jedis 8, which the application does not have:"
                            + " add the dependency redis.clients:jedis, so that it is in WEB-INF/lib",
                    e);
        }
    }
}
