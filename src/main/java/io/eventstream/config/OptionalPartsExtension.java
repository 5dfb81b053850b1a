package io.eventstream.config;

import io.eventstream.config.OptionalPart.Choice;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.spi.AfterDeploymentValidation;
import jakarta.enterprise.inject.spi.BeforeBeanDiscovery;
import jakarta.enterprise.inject.spi.Extension;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.microprofile.config.ConfigProvider;

/** Makes beans of the optional parts that the settings ask for and the server has what they need. */
public class OptionalPartsExtension implements Extension {

    private static final Logger LOG = System.getLogger(OptionalPartsExtension.class.getName());

    private final List<String> problems = new ArrayList<>();

    void choose(@Observes BeforeBeanDiscovery discovery) {
        EventStreamConfig config;
        try {
            config = EventStreamConfig.from(ConfigProvider.getConfig());
        } catch (InvalidSettingException e) {
            return; // SettingsExtension stops the deployment and tells why, once it may.
        }
        List<String> told = new ArrayList<>();
        for (OptionalPart part : OptionalPart.ALL) {
            Choice choice = part.choose(config, OptionalPartsExtension.class.getClassLoader());
            if (choice instanceof Choice.Added added) {
                added.beans()
                        .forEach(bean -> discovery
                                .addAnnotatedType(bean, bean.getName())
                                .add(ApplicationScoped.Literal.INSTANCE));
            }
            if (choice instanceof Choice.Refused refused) {
                problems.add(refused.reason());
            } else {
                told.add(part.name() + " " + choice.reason());
            }
        }
        if (!told.isEmpty()) {
            LOG.log(Level.INFO, () -> "EventStream's optional parts: " + String.join("; ", told));
        }
    }

    /** Here, since a problem that is told any earlier does not stop the deployment in the same way on every server. */
    void check(@Observes AfterDeploymentValidation deployment) {
        if (!problems.isEmpty()) {
            deployment.addDeploymentProblem(new InvalidSettingException(problems));
        }
    }
}
