package io.eventstream.publish;

import io.eventstream.config.EventStreamConfig;
import io.eventstream.http.LocalHost;
import io.eventstream.spi.EventStreamUser;
import jakarta.inject.Inject;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A short cut for those who publish much: a request with the publish token is carried out before JAX-RS, whose way to a
 * resource method costs more than all the rest of a send. It needs nothing that JAX-RS knows, since the token says all;
 * every other request goes on to the resource. The hub's web.xml declares it; an application may.
 */
public class PublishFilter extends HttpFilter {

    private static final long serialVersionUID = 1;

    /** What needs no closer look; everything else is left to JAX-RS, so that both always mean the same channel. */
    private static final Pattern PATH = Pattern.compile("/events/([-.~\\w]+)");

    private static final Pattern QUERY = Pattern.compile("type=([-.\\w]+)");

    @Inject
    @SuppressWarnings("NullAway.Init") // the server makes filters
    private transient PublishDoor door;

    @Inject
    @SuppressWarnings("NullAway.Init")
    private transient PublishAccess access;

    @Inject
    @SuppressWarnings("NullAway.Init")
    private transient EventStreamConfig config;

    /** For the server, which makes filters. */
    public PublishFilter() {}

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        if (!request.getMethod().equals("POST") || !LocalHost.admits(config, request.getHeader("Host"))) {
            chain.doFilter(request, response);
            return;
        }
        Matcher path = PATH.matcher(
                request.getRequestURI().substring(request.getContextPath().length()));
        Optional<String> type = type(request.getQueryString());
        Sender sender = sender(request);
        if (!path.matches() || type.isEmpty() || !access.hasToken(sender)) {
            chain.doFilter(request, response);
            return;
        }
        answer(door.publish(path.group(1), type.get(), request.getInputStream(), sender), response);
    }

    private static Optional<String> type(@Nullable String query) {
        if (query == null) {
            return Optional.of("message");
        }
        Matcher matcher = QUERY.matcher(query);
        return matcher.matches() ? Optional.of(matcher.group(1)) : Optional.empty();
    }

    private static Sender sender(HttpServletRequest request) {
        return new Sender(
                request.getHeader("Authorization"),
                request.getContentType(),
                request.getHeader("Origin"),
                request.getHeader("Host"),
                () -> EventStreamUser.ANONYMOUS);
    }

    private static void answer(Answer answer, HttpServletResponse response) throws IOException {
        byte[] body = answer.json().getBytes(StandardCharsets.UTF_8);
        response.setStatus(answer.status());
        response.setContentType("application/json");
        response.setContentLength(body.length);
        answer.headers().forEach(response::setHeader);
        response.getOutputStream().write(body);
    }
}
