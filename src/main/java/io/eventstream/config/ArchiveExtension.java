package io.eventstream.config;

import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.spi.AfterDeploymentValidation;
import jakarta.enterprise.inject.spi.DeploymentException;
import jakarta.enterprise.inject.spi.Extension;
import java.net.URL;

/**
 * Stops the deployment of an EAR that has this library in its own folder: there it sees neither the beans nor the settings of
 * the WARs, so that a {@code ChannelManager} would not be asked.
 */
public class ArchiveExtension implements Extension {

    /** Nothing else tells on every server: Payara reports the start of a WAR to CDI as that of any other archive. */
    void check(@Observes AfterDeploymentValidation deployment) {
        URL location = ArchiveExtension.class.getResource(ArchiveExtension.class.getSimpleName() + ".class");
        if (location != null && isInAnEar(location.toString())) {
            deployment.addDeploymentProblem(
                    new DeploymentException(
                            "EventStream's jar must be in WEB-INF/lib of each WAR"
                                    + " that uses it, not in lib of an EAR: there it sees neither the beans nor the settings of the WARs."));
        }
    }

    /** In a folder {@code lib}, but not of a WAR; elsewhere a server or a test may have it where it likes. */
    static boolean isInAnEar(String location) {
        return location.matches(".*/lib/[^/]+\\.jar!?/.*") && !location.contains("/WEB-INF/");
    }
}
