package io.eventstream.http;

import static io.eventstream.config.ConfigFixtures.config;
import static org.assertj.core.api.Assertions.assertThat;

import io.eventstream.spi.EventStreamUser;
import java.util.Set;
import org.junit.jupiter.api.Test;

class RequestUserTest {

    @Test
    void isAnonymousWhereNobodyIsSignedIn() {
        assertThat(RequestUser.of(FakeSecurity.ANONYMOUS, config("eventstream.roles", "admin")))
                .isEqualTo(EventStreamUser.ANONYMOUS);
    }

    @Test
    void hasTheRolesThatTheSettingsName() {
        var security = new FakeSecurity("ann", Set.of("admin", "staff"));

        assertThat(RequestUser.of(security, config("eventstream.roles", "admin,editor")))
                .isEqualTo(new EventStreamUser("ann", Set.of("admin"), Set.of()));
    }

    @Test
    void isGrantedNothingYet() {
        assertThat(RequestUser.of(FakeSecurity.user("ann"), config()).granted()).isEmpty();
    }
}
