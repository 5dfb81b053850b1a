package io.eventstream.conformance;

import io.eventstream.conformance.Vector.Step;
import io.eventstream.testapp.Control;
import java.util.Set;
import java.util.stream.Stream;

/** Does the steps of vectors. */
final class Steps {

    /** Accounts are made by the request's header alone, settings by the deployment. */
    private static final Set<String> NOTHING_TO_DO = Set.of("user", "settings");

    private static final Set<String> REQUESTS =
            Set.of("send", "deny", "kick", "permission_changed", "rolled_back_send", "age");

    private Steps() {}

    /** {@return whether all steps of a vector can be done} */
    static boolean known(Vector vector) {
        return Stream.concat(vector.setup().stream(), vector.afterOpen().stream())
                .map(Step::action)
                .allMatch(action -> NOTHING_TO_DO.contains(action) || REQUESTS.contains(action));
    }

    static void run(Step step, Control control) {
        if (step.action().equals("age")) {
            control.age(step.parameters().toString());
        } else if (!NOTHING_TO_DO.contains(step.action())) {
            control.post(step.action(), step.parameters().toString());
        }
    }
}
