package io.eventstream.it;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;

/** In no other application, so that the class loaders which hold it are those of that one's deployments. */
@Path("redeployed")
@ApplicationScoped
public class RedeployedResource {

    /** {@return that it is there} */
    @GET
    public String here() {
        return "here";
    }
}
