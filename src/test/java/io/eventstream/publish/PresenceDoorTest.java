package io.eventstream.publish;

import static org.assertj.core.api.Assertions.assertThat;

import io.eventstream.config.ConfigFixtures;
import io.eventstream.http.HttpFixtures;
import io.eventstream.presence.NodePresence;
import io.eventstream.presence.PresenceFixtures;
import org.junit.jupiter.api.Test;

class PresenceDoorTest {

    private final NodePresence presence = PresenceFixtures.presence(System::nanoTime, "eventstream.presence", "users");
    private final PresenceDoor door = door(presence);
    private final Sender trusted = FakeSenders.withToken("s3cret", null);

    private static PresenceDoor door(NodePresence presence) {
        return new PresenceDoor(
                PublishAccessTest.access("eventstream.publish.token", "s3cret"),
                presence,
                new Answers(HttpFixtures.cors(ConfigFixtures.config())));
    }

    @Test
    void tellsHowManyListenAndWho() {
        presence.begins(PresenceFixtures.interest("bob", "a"));
        presence.begins(PresenceFixtures.interest("ann", "a"));
        presence.begins(PresenceFixtures.interest("", "a"));

        assertThat(door.presence("a", trusted).json())
                .isEqualTo("{\"channel\":\"a\",\"count\":3,\"users\":[\"ann\",\"bob\"]}");
        assertThat(door.presence("b", trusted).json()).isEqualTo("{\"channel\":\"b\",\"count\":0,\"users\":[]}");
    }

    @Test
    void isForThoseWhoMayPublish() {
        assertThat(door.presence("a", FakeSenders.ANONYMOUS).status()).isEqualTo(401);
        assertThat(door.presence("a", FakeSenders.user("ben")).status()).isEqualTo(403);
    }

    @Test
    void saysWhichSettingToSetWhereItIsOff() {
        PresenceDoor off = door(PresenceFixtures.presence(System::nanoTime));

        assertThat(off.presence("a", trusted))
                .extracting(Answer::status, Answer::json)
                .containsExactly(
                        404,
                        "{\"condition\":\"not-found\",\"text\":\"Who listens is not known here;"
                                + " set eventstream.presence to count or users\"}");
        assertThat(off.presence("a", FakeSenders.ANONYMOUS).status()).isEqualTo(401);
    }

    @Test
    void refusesANameThatCannotBeAChannels() {
        assertThat(door.presence("", trusted).status()).isEqualTo(400);
    }
}
