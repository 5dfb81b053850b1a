package io.eventstream.config;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * A part of the library that needs an API which a server may lack. Its classes carry no bean-defining annotation, so that
 * nobody loads them there, and are known here by name alone.
 *
 * @param name what log lines call it
 * @param key the setting that asks for it
 * @param presence what that setting says
 * @param beans names of its classes, which become beans
 * @param api what they need
 * @param apiClass a class of that
 * @param remedy where a server has that, for who asks for it in vain
 */
record OptionalPart(
        String name,
        String key,
        Function<EventStreamConfig, Presence> presence,
        List<String> beans,
        String api,
        String apiClass,
        String remedy) {

    /** Every part there is. */
    static final List<OptionalPart> ALL = List.of(
            new OptionalPart(
                    "health checks",
                    Settings.HEALTH.key(),
                    EventStreamConfig::health,
                    List.of("io.eventstream.monitor.ReadinessCheck", "io.eventstream.monitor.LivenessCheck"),
                    "MicroProfile Health",
                    "org.eclipse.microprofile.health.HealthCheck",
                    "add it to the server (Open Liberty: a feature such as mpHealth-4.0; WildFly: standalone-microprofile.xml)"));

    /** What comes of a part. */
    sealed interface Choice {

        /** {@return the end of a sentence that begins with the part's name} */
        String reason();

        /** Its classes become beans. */
        record Added(List<Class<?>> beans, String reason) implements Choice {}

        /** It is not there, and nobody minds. */
        record LeftOut(String reason) implements Choice {}

        /** It was asked for in vain: the deployment stops. */
        record Refused(String reason) implements Choice {}
    }

    /** Decides by the settings, and by what can be loaded. */
    Choice choose(EventStreamConfig config, ClassLoader loader) {
        Presence wanted = presence.apply(config);
        String setting = key + " = " + text(wanted);
        if (wanted == Presence.NEVER) {
            return new Choice.LeftOut("left out (" + setting + ")");
        }
        try {
            return new Choice.Added(load(loader), "added (" + setting + ", and the server has " + api + ")");
        } catch (ClassNotFoundException | LinkageError e) {
            return wanted == Presence.AUTO
                    ? new Choice.LeftOut("left out (" + setting + ", and the server does not have " + api + ")")
                    : new Choice.Refused(
                            setting + ": the server does not have " + api + "; " + remedy + ", or set auto or false");
        }
    }

    private List<Class<?>> load(ClassLoader loader) throws ClassNotFoundException {
        // Asked for first: WildFly logs a stack for a class of ours that cannot be linked.
        Class.forName(apiClass, false, loader);
        List<Class<?>> loaded = new ArrayList<>();
        for (String bean : beans) {
            loaded.add(Class.forName(bean, false, loader));
        }
        return loaded;
    }

    private static String text(Presence presence) {
        return switch (presence) {
            case AUTO -> "auto";
            case ALWAYS -> "true";
            case NEVER -> "false";
        };
    }
}
