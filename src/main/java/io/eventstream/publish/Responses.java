package io.eventstream.publish;

import io.eventstream.config.EventStreamConfig;
import io.eventstream.http.RequestUser;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.Response.ResponseBuilder;
import jakarta.ws.rs.core.SecurityContext;

/** Between JAX-RS and the door. */
final class Responses {

    private Responses() {}

    static Sender sender(HttpHeaders headers, SecurityContext security, EventStreamConfig config) {
        return new Sender(
                headers.getHeaderString(HttpHeaders.AUTHORIZATION),
                headers.getHeaderString(HttpHeaders.CONTENT_TYPE),
                headers.getHeaderString("Origin"),
                headers.getHeaderString(HttpHeaders.HOST),
                () -> RequestUser.of(security, config));
    }

    static Response of(Answer answer) {
        ResponseBuilder response = Response.status(answer.status())
                .type(MediaType.APPLICATION_JSON_TYPE)
                .entity(answer.json());
        answer.headers().forEach(response::header);
        return response.build();
    }
}
