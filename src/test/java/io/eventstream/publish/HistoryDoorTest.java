package io.eventstream.publish;

import static org.assertj.core.api.Assertions.assertThat;

import io.eventstream.channel.ChannelFixtures;
import io.eventstream.config.ConfigFixtures;
import io.eventstream.config.EventStreamConfig;
import io.eventstream.http.HttpFixtures;
import io.eventstream.spi.ChannelManager;
import io.eventstream.spi.EncodedMessage;
import io.eventstream.spi.EventStorage;
import io.eventstream.testing.MemoryStorage;
import jakarta.json.Json;
import jakarta.json.JsonArray;
import jakarta.json.JsonObject;
import java.io.StringReader;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HistoryDoorTest {

    private final EventStreamConfig config =
            ConfigFixtures.config("eventstream.storage", "jpa", "eventstream.replay.page", "3");
    private final MemoryStorage storage = new MemoryStorage();
    private final HistoryDoor door = door(Optional.of(storage));
    private final Sender trusted = FakeSenders.withToken("s3cret", null);

    private HistoryDoor door(Optional<EventStorage> stored) {
        return new HistoryDoor(
                PublishAccessTest.access("eventstream.publish.token", "s3cret"),
                ChannelFixtures.access(config, new ChannelManager() {
                    @Override
                    public boolean isReliable(String channel) {
                        return !channel.startsWith("unrel");
                    }
                }),
                stored,
                new Answers(HttpFixtures.cors(config)),
                config);
    }

    private JsonObject history(String after, String limit) {
        Answer answer = door.history("c", after, limit, trusted);
        assertThat(answer.status()).as(answer.json()).isEqualTo(200);
        return Json.createReader(new StringReader(answer.json())).readObject();
    }

    private static List<Integer> ids(JsonObject history) {
        JsonArray events = history.getJsonArray("events");
        return events.getValuesAs(event -> event.asJsonObject().getInt("id"));
    }

    private void store(int count) {
        for (int i = 0; i < count; i++) {
            storage.append("c", "x");
        }
    }

    @Test
    void showsTheNewestEventsFirstAsked() {
        store(5);
        JsonObject history = history("", "");

        assertThat(ids(history)).containsExactly(3, 4, 5);
        assertThat(history.getInt("oldest")).isEqualTo(1);
        assertThat(history.getInt("newest")).isEqualTo(5);
        assertThat(history.getString("channel")).isEqualTo("c");
    }

    @ParameterizedTest
    @CsvSource({"0, 3, 3", "1, 2, 2", "4, 3, 1", "5, 3, 0", "9000000000000000000, 1, 0"})
    void goesOnAfterAPosition(String after, String limit, int found) {
        store(5);

        assertThat(ids(history(after, limit))).hasSize(found);
    }

    @Test
    void beginsWithWhatIsStillThere() {
        store(5);
        storage.purge("c", 4);
        JsonObject history = history("", "");

        assertThat(ids(history)).containsExactly(5);
        assertThat(history.getInt("oldest")).isEqualTo(5);
    }

    @Test
    void isEmptyForAChannelThatNeverHadAnEvent() {
        assertThat(door.history("c", "", "", trusted).json())
                .isEqualTo("{\"channel\":\"c\",\"oldest\":1,\"newest\":0,\"events\":[]}");
    }

    @Test
    void showsAllOfAnEvent() {
        storage.setTime(Instant.parse("2026-01-31T12:00:00Z"));
        storage.append(new EncodedMessage("c", "info", "not {JSON", Set.of("bob", "al")));

        assertThat(door.history("c", "0", "1", trusted).json())
                .endsWith("\"events\":[{\"id\":1,\"type\":\"info\",\"data\":\"not {JSON\","
                        + "\"storedAt\":\"2026-01-31T12:00:00Z\",\"skipUsers\":[\"al\",\"bob\"]}]}");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "x  | 1 | after must be a whole number from 0 to 9223372036854775807, was x",
                "-1 | 1 | after must be a whole number from 0 to 9223372036854775807, was -1",
                "0  | 0 | limit must be a whole number from 1 to 3, was 0",
                "0  | 4 | limit must be a whole number from 1 to 3, was 4",
            })
    void refusesWhatIsNoNumber(String after, String limit, String text) {
        assertThat(door.history("c", after, limit, trusted))
                .extracting(Answer::status, Answer::json)
                .containsExactly(400, "{\"condition\":\"bad-request\",\"text\":\"" + text + "\"}");
    }

    @Test
    void isForThoseWhoMayPublish() {
        assertThat(door.history("c", "", "", FakeSenders.ANONYMOUS).status()).isEqualTo(401);
        assertThat(door.history("c", "", "", FakeSenders.user("ben")).status()).isEqualTo(403);
    }

    @Test
    void isNotThereForAChannelThatIsNotStored() {
        assertThat(door.history("unrel", "", "", trusted).status()).isEqualTo(404);
        assertThat(door(Optional.empty()).history("c", "", "", trusted).status())
                .isEqualTo(404);
    }

    @Test
    void saysWhenTheStorageIsDown() {
        storage.breakDown();

        assertThat(door.history("c", "", "", trusted).status()).isEqualTo(503);
    }

    @Test
    void refusesANameThatCannotBeAChannels() {
        assertThat(door.history("", "", "", trusted).status()).isEqualTo(400);
    }
}
