package io.eventstream.channel;

import io.eventstream.spi.ChannelManager;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.AmbiguousResolutionException;
import jakarta.enterprise.inject.spi.AfterDeploymentValidation;
import jakarta.enterprise.inject.spi.BeanManager;
import jakarta.enterprise.inject.spi.DeploymentException;
import jakarta.enterprise.inject.spi.Extension;

/** Stops the deployment of an application that has more than one {@link ChannelManager}. */
public class ChannelManagerExtension implements Extension {

    void check(@Observes AfterDeploymentValidation deployment, BeanManager beans) {
        try {
            beans.resolve(beans.getBeans(ChannelManager.class));
        } catch (AmbiguousResolutionException e) {
            deployment.addDeploymentProblem(new DeploymentException(
                    "There is more than one ChannelManager; keep one bean, or mark the one that counts with"
                            + " @Alternative @Priority(1)",
                    e));
        }
    }
}
