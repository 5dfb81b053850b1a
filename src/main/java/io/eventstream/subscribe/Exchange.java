package io.eventstream.subscribe;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.ws.rs.container.AsyncResponse;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.SecurityContext;
import jakarta.ws.rs.core.UriInfo;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One request for a stream and its response, as JAX-RS and the servlet container give them. */
record Exchange(
        AsyncResponse answer,
        HttpServletRequest request,
        HttpServletResponse response,
        UriInfo uri,
        HttpHeaders headers,
        SecurityContext security) {

    private static final MediaType EVENT_STREAM = MediaType.SERVER_SENT_EVENTS_TYPE;

    @Nullable
    String header(String name) {
        return headers.getHeaderString(name);
    }

    /** {@return whether the client would rather have HTML, as a browser's address bar would} */
    boolean prefersHtml() {
        for (MediaType type : headers.getAcceptableMediaTypes()) {
            if (type.isCompatible(EVENT_STREAM)) {
                return false;
            }
            if (type.isCompatible(MediaType.TEXT_HTML_TYPE)) {
                return true;
            }
        }
        return false;
    }

    boolean isHead() {
        return "HEAD".equals(request.getMethod());
    }

    /** {@return where the client wants to resume: the header, else the last query parameter that is not empty} */
    String lastEventId() {
        String header = header("Last-Event-ID");
        if (header != null && !header.isEmpty()) {
            return header;
        }
        String last = "";
        for (String value : query().getOrDefault("lastEventId", List.of())) {
            last = value.isEmpty() ? last : value;
        }
        return last;
    }

    /** {@return the time since when the client wants events; empty for none} */
    String since() {
        return query().getOrDefault("since", List.of()).stream().reduce("", (first, last) -> last);
    }

    Map<String, List<String>> query() {
        return new HashMap<>(uri.getQueryParameters());
    }

    Map<String, String> pathParameters() {
        var parameters = new HashMap<String, String>();
        uri.getPathParameters().forEach((name, values) -> parameters.put(name, values.get(0)));
        return parameters;
    }

    Map<String, String> headers(Set<String> names) {
        var found = new HashMap<String, String>();
        for (String name : names) {
            String value = header(name);
            if (value != null) {
                found.put(name, value);
            }
        }
        return found;
    }
}
