package io.eventstream.subscribe;

import jakarta.ws.rs.container.AsyncResponse;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.lang.reflect.Field;
import java.lang.reflect.InaccessibleObjectException;
import java.lang.reflect.Modifier;

/**
 * What RESTEasy keeps of a suspended request for its answer: all of it, 4.5 KiB for every stream, for as long as the servlet
 * container keeps the listener. A stream is not answered by RESTEasy, so it lets go of that, by reflection; what the
 * listener itself needs stays.
 */
final class SuspendedAnswer {

    private static final Logger LOG = System.getLogger(SuspendedAnswer.class.getName());
    private static final String RESTEASY = "org.jboss.resteasy.";
    /** From there on the JVM warns of a final field that is changed by reflection, and says that it will refuse it. */
    private static final int JDK_WITH_FINAL_FIELDS = 26;

    private SuspendedAnswer() {}

    /** Call it when the response has begun: nobody can resume it any more. Elsewhere it has no effect. */
    static void letGo(AsyncResponse answer) {
        if (!answer.getClass().getName().startsWith(RESTEASY)
                || Runtime.version().feature() >= JDK_WITH_FINAL_FIELDS) {
            return;
        }
        try {
            Object context = enclosing(answer).get(answer);
            enclosing(context).set(context, null);
            letGoOfRequest(answer);
            letGoOfRequest(context);
        } catch (ReflectiveOperationException | InaccessibleObjectException e) {
            LOG.log(Level.DEBUG, "Another RESTEasy than we know: each stream keeps its whole request in memory", e);
        }
    }

    /** The listener is an inner class of the request's context, and that one of the request. */
    private static Field enclosing(Object inner) throws ReflectiveOperationException {
        for (Field field : inner.getClass().getDeclaredFields()) {
            if (field.isSynthetic() && field.getName().startsWith("this$")) {
                field.setAccessible(true);
                return field;
            }
        }
        throw new NoSuchFieldException("Nothing encloses " + inner.getClass().getName());
    }

    private static void letGoOfRequest(Object object) throws ReflectiveOperationException {
        for (Class<?> type = object.getClass(); type != Object.class; type = type.getSuperclass()) {
            for (Field field : type.getDeclaredFields()) {
                boolean ofRequest = switch (field.getName()) {
                    case "request", "response", "contextDataMap" -> true;
                    default -> false;
                };
                if (ofRequest && !Modifier.isFinal(field.getModifiers())) {
                    field.setAccessible(true);
                    field.set(object, null);
                }
            }
        }
    }
}
