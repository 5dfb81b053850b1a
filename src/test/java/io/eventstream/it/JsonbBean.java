package io.eventstream.it;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.json.bind.Jsonb;
import jakarta.json.bind.JsonbBuilder;
import jakarta.json.bind.JsonbConfig;

/** An application's own JSON-B as a bean. */
@ApplicationScoped
public class JsonbBean {

    /** {@return one that shows that it was asked} */
    @Produces
    @ApplicationScoped
    public Jsonb jsonb() {
        return JsonbBuilder.create(new JsonbConfig().withFormatting(true));
    }
}
