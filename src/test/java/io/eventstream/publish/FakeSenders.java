package io.eventstream.publish;

import io.eventstream.spi.EventStreamUser;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Those who publish over HTTP, as tests want them. */
final class FakeSenders {

    static final Sender ANONYMOUS = of(EventStreamUser.ANONYMOUS, null, null);

    private FakeSenders() {}

    static Sender user(String name) {
        return of(new EventStreamUser(name, Set.of(), Set.of()), null, null);
    }

    static Sender userOfPage(String name, String origin, @Nullable String host) {
        return of(new EventStreamUser(name, Set.of(), Set.of()), origin, host);
    }

    /** Whose user must not be asked for, since the token says all. */
    static Sender withToken(String token, @Nullable String contentType) {
        return new Sender("Bearer " + token, contentType, null, null, FakeSenders::notAsked);
    }

    private static Sender of(EventStreamUser user, @Nullable String origin, @Nullable String host) {
        Supplier<EventStreamUser> supplier = () -> user;
        return new Sender(null, null, origin, host, supplier);
    }

    private static EventStreamUser notAsked() {
        throw new AssertionError("The user was asked for");
    }
}
