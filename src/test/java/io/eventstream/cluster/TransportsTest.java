package io.eventstream.cluster;

import static io.eventstream.config.ConfigFixtures.config;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.eventstream.config.EventStreamConfig;
import io.eventstream.spi.EventTransport;
import io.eventstream.testing.FakeInstance;
import jakarta.enterprise.inject.spi.DeploymentException;
import org.junit.jupiter.api.Test;

class TransportsTest {

    private static final EventStreamConfig REDIS =
            config("eventstream.transport", "redis", "eventstream.redis.url", "redis://localhost");

    @Test
    void noneIsChosenByDefault() {
        assertThat(Transports.choose(config(), FakeInstance.empty())).isEmpty();
    }

    @Test
    void thatOfTheSettingsIsNotConnectedYet() {
        assertThat(Transports.choose(REDIS, FakeInstance.empty())).containsInstanceOf(RedisTransport.class);
    }

    @Test
    void aBrokerOfItsUrlIsNotConnectedYet() {
        assertThat(Transports.choose(
                        config("eventstream.transport", "jms", "eventstream.jms.broker-url", "tcp://localhost:1"),
                        FakeInstance.empty()))
                .containsInstanceOf(JmsTransport.class);
    }

    @Test
    void aDatabaseIsNotConnectedYet() {
        assertThat(Transports.choose(
                        config(
                                "eventstream.transport",
                                "postgresql",
                                "eventstream.postgresql.url",
                                "jdbc:postgresql://localhost:1/a"),
                        FakeInstance.empty()))
                .containsInstanceOf(PostgresqlTransport.class);
    }

    @Test
    void aConnectionFactoryThatIsNotThereIsRefused() {
        assertThatExceptionOfType(DeploymentException.class)
                .isThrownBy(() -> Transports.choose(config("eventstream.transport", "jms"), FakeInstance.empty()))
                .withMessageStartingWith("EventStream cannot start with eventstream.transport = jms: there is no"
                        + " ConnectionFactory java:comp/DefaultJMSConnectionFactory; set"
                        + " eventstream.jms.connection-factory to the JNDI name of one");
    }

    @Test
    void aUrlThatArtemisDoesNotTakeIsRefusedWithoutShowingIt() {
        EventStreamConfig config =
                config("eventstream.transport", "jms", "eventstream.jms.broker-url", "nothing://h?password=secret");
        assertThatExceptionOfType(DeploymentException.class)
                .isThrownBy(() -> Transports.choose(config, FakeInstance.empty()))
                .withMessageContaining("the Artemis client does not take eventstream.jms.broker-url")
                .withMessageNotContaining("secret");
    }

    @Test
    void theApplicationsOwnIsTaken() {
        EventTransport own = new MemoryTopic().join();

        assertThat(Transports.choose(config(), FakeInstance.of(own))).containsSame(own);
    }

    @Test
    void theApplicationsOwnContradictsASetting() {
        assertThatExceptionOfType(DeploymentException.class)
                .isThrownBy(() -> Transports.choose(REDIS, FakeInstance.of(new MemoryTopic().join())))
                .withMessage("EventStream cannot start with eventstream.transport = redis: the application has an"
                        + " EventTransport of its own; remove the setting, or the bean");
    }
}
