package io.eventstream.config;

import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.spi.AfterDeploymentValidation;
import jakarta.enterprise.inject.spi.Extension;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.config.ConfigProvider;

/** Checks the settings while the application deploys, and stops the deployment where they cannot be. */
public class SettingsExtension implements Extension {

    private static final Logger LOG = System.getLogger(SettingsExtension.class.getName());

    void check(@Observes AfterDeploymentValidation deployment) {
        Config source = ConfigProvider.getConfig();
        UnknownSettings.warnings(source).forEach(warning -> LOG.log(Level.WARNING, warning));
        try {
            EventStreamConfig.from(source);
        } catch (InvalidSettingException e) {
            deployment.addDeploymentProblem(e);
        }
    }
}
