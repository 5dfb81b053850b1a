package io.eventstream.it;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.eventstream.testapp.TestWars;
import io.eventstream.testing.Container;
import io.eventstream.testing.ContainerTest;
import io.eventstream.testing.DeploymentRefusedException;
import org.junit.jupiter.api.Test;

/** An EAR that has the library in its own folder, where it does not see the WAR's beans and settings. */
@ContainerTest
class EarIT {

    private final Container container;

    EarIT(Container container) {
        this.container = container;
    }

    @Test
    void isRefused() {
        String reason = container.deploysEars()
                ? "EventStream's jar must be in WEB-INF/lib of each WAR that uses it"
                : "was not recognized";
        assertThatThrownBy(() -> container.deploy(TestWars.of("eared").enterpriseArchive()))
                .isInstanceOf(DeploymentRefusedException.class)
                .hasMessageContaining(reason);
    }
}
