package io.eventstream.channel;

import io.eventstream.spi.ChannelManager;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.AmbiguousResolutionException;
import jakarta.enterprise.inject.spi.AfterDeploymentValidation;
import jakarta.enterprise.inject.spi.Bean;
import jakarta.enterprise.inject.spi.BeanManager;
import jakarta.enterprise.inject.spi.DeploymentException;
import jakarta.enterprise.inject.spi.Extension;
import jakarta.enterprise.inject.spi.ProcessBean;
import java.util.HashSet;
import java.util.Set;

/** Stops the deployment of an application that has more than one {@link ChannelManager}. */
public class ChannelManagerExtension implements Extension {

    /** Collected, since an extension's bean manager need not see the beans of the application's own classes. */
    private final Set<Bean<?>> managers = new HashSet<>();

    void collect(@Observes ProcessBean<?> found) {
        if (found.getBean().getTypes().contains(ChannelManager.class)) {
            managers.add(found.getBean());
        }
    }

    void check(@Observes AfterDeploymentValidation deployment, BeanManager beans) {
        try {
            beans.resolve(managers);
        } catch (AmbiguousResolutionException e) {
            deployment.addDeploymentProblem(new DeploymentException(
                    "There is more than one ChannelManager; keep one bean, or mark the one that counts with"
                            + " @Alternative @Priority(1)",
                    e));
        }
    }
}
