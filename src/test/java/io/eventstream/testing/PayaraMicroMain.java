package io.eventstream.testing;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.util.Arrays;
import java.util.Base64;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;

/**
 * The process of {@link PayaraMicroServer}: Payara Micro on this machine alone, with administration by lines on the
 * standard input (parts separated by tabs) and answers on the standard output. It ends when its input does, so it never
 * outlives the tests. Payara's classes are reached by reflection, since they come with the class path of this process.
 */
final class PayaraMicroMain {

    /** What lines begin with that are answers; applications may print others. */
    static final String ANSWER = "answer\t";

    private PayaraMicroMain() {}

    /** Starts the server on the port that is the only argument. */
    public static void main(String[] arguments) throws Exception {
        PrintStream out = System.out;
        var commands = new AtomicReference<>();
        Object micro = Class.forName("fish.payara.micro.PayaraMicro")
                .getMethod("getInstance")
                .invoke(null);
        set(micro, "setHttpPort", int.class, Integer.valueOf(arguments[0]));
        set(micro, "setNoCluster", boolean.class, true);
        set(micro, "setPrintLogo", boolean.class, false);
        Consumer<Object> beforeBoot = runner -> {
            String server = "configs.config.server-config.";
            run(
                    runner,
                    "set",
                    server + "network-config.network-listeners.network-listener.http-listener.address=127.0.0.1");
            run(runner, "set", server + "hazelcast-config-specific-configuration.enabled=false");
        };
        Consumer<Object> afterBoot = commands::set;
        set(micro, "setPreBootHandler", Consumer.class, beforeBoot);
        set(micro, "setPostBootHandler", Consumer.class, afterBoot);
        micro.getClass().getMethod("bootStrap").invoke(micro);
        out.println(ANSWER);
        serve(commands.get(), out);
        Runtime.getRuntime().halt(0);
    }

    private static void serve(Object runner, PrintStream out) throws IOException {
        var in = new BufferedReader(new InputStreamReader(System.in, UTF_8));
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            String[] parts = line.split("\t");
            String failure = run(runner, parts[0], Arrays.copyOfRange(parts, 1, parts.length));
            out.println(ANSWER + Base64.getEncoder().encodeToString(failure.getBytes(UTF_8)));
        }
    }

    private static void set(Object micro, String name, Class<?> type, Object value)
            throws ReflectiveOperationException {
        micro.getClass().getMethod(name, type).invoke(micro, value);
    }

    /** {@return why the command failed; empty if it did not} */
    private static String run(Object runner, String command, String... parameters) {
        try {
            Object result = invoke(runner, "run", new Class<?>[] {String.class, String[].class}, command, parameters);
            boolean success = "SUCCESS"
                    .equals(invoke(result, "getExitStatus", new Class<?>[0]).toString());
            return success ? "" : command + " failed: " + invoke(result, "getOutput", new Class<?>[0]);
        } catch (ReflectiveOperationException e) {
            return command + " failed: " + e;
        }
    }

    private static Object invoke(Object target, String name, Class<?>[] types, Object... values)
            throws ReflectiveOperationException {
        var method = target.getClass().getMethod(name, types);
        method.setAccessible(true);
        return method.invoke(target, values);
    }
}
