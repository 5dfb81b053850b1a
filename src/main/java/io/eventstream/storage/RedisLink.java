package io.eventstream.storage;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.eventstream.config.RedisSettings;
import io.eventstream.redis.RedisConnector;
import java.util.Arrays;
import java.util.List;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.Connection;
import redis.clients.jedis.commands.ProtocolCommand;
import redis.clients.jedis.exceptions.JedisConnectionException;
import redis.clients.jedis.exceptions.JedisDataException;
import redis.clients.jedis.exceptions.JedisException;
import redis.clients.jedis.exceptions.JedisNoScriptException;

/**
 * One connection to Redis, by Jedis. No other class of storage mentions Jedis, which an application that stores elsewhere
 * does not have. One thread at a time.
 */
final class RedisLink implements AutoCloseable {

    private final Connection connection;
    private long usedAt = System.nanoTime();

    /** Connects. */
    RedisLink(RedisSettings settings) throws LostException {
        try {
            connection = RedisConnector.connect(settings, settings.timeout());
        } catch (JedisDataException e) {
            throw RedisFailure.of(e);
        } catch (JedisException e) {
            throw new LostException(e);
        }
    }

    /** The connection failed, so that nobody knows whether Redis did what it was asked. */
    static final class LostException extends Exception {

        private static final long serialVersionUID = 1;

        private final RuntimeException reason;

        LostException(RuntimeException reason) {
            super(reason);
            this.reason = reason;
        }

        /** {@return what Jedis said} */
        RuntimeException reason() {
            return reason;
        }
    }

    /** {@return what a command answers: bytes, a Long, a list of such, or null} */
    Object execute(String command, List<byte[]> arguments) throws LostException {
        try {
            return executeOrRefuse(command, arguments);
        } catch (JedisDataException e) {
            throw RedisFailure.of(e);
        }
    }

    /** {@return what a script answers} */
    Object evaluate(RedisScript script, List<byte[]> keysAndArguments) throws LostException {
        byte[][] all = new byte[keysAndArguments.size() + 1][];
        for (int i = 1; i < all.length; i++) {
            all[i] = keysAndArguments.get(i - 1);
        }
        try {
            all[0] = script.sha1();
            return executeOrRefuse("EVALSHA", Arrays.asList(all));
        } catch (JedisNoScriptException e) {
            // A Redis that was started or emptied meanwhile.
            all[0] = script.text();
            return execute("EVAL", Arrays.asList(all));
        } catch (JedisDataException e) {
            throw RedisFailure.of(e);
        }
    }

    private Object executeOrRefuse(String command, List<byte[]> arguments) throws LostException {
        var all = new CommandArguments(new Name(command));
        arguments.forEach(all::add);
        try {
            Object answer = connection.executeCommand(all);
            usedAt = System.nanoTime();
            return answer;
        } catch (JedisConnectionException e) {
            throw new LostException(e);
        }
    }

    /** {@return whether it still works, asked only where it was not used for so long} */
    boolean works(long idleNanos) {
        if (System.nanoTime() - usedAt < idleNanos) {
            return true;
        }
        try {
            execute("PING", List.of());
            return true;
        } catch (LostException e) {
            return false;
        }
    }

    @Override
    public void close() {
        try {
            connection.close();
        } catch (JedisException e) {
            // It is gone all the same.
        }
    }

    /** A command by its name, so that nobody else needs Jedis's own list of them. */
    private record Name(String text) implements ProtocolCommand {

        @Override
        public byte[] getRaw() {
            return text.getBytes(US_ASCII);
        }
    }
}
