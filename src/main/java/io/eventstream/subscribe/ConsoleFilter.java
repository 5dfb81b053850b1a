package io.eventstream.subscribe;

import io.eventstream.config.EventStreamConfig;
import io.eventstream.http.LocalHost;
import jakarta.inject.Inject;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * The console at the hub's root, where JAX-RS has nothing. A filter, since Payara gives the root to a servlet that is
 * mapped to everything rather than to one that is mapped to the root; the hub's web.xml declares it.
 */
public class ConsoleFilter extends HttpFilter {

    private static final long serialVersionUID = 1;

    @Inject
    @SuppressWarnings("NullAway.Init") // the server makes filters
    private transient ConsolePage page;

    @Inject
    @SuppressWarnings("NullAway.Init")
    private transient EventStreamConfig config;

    /** For the server, which makes filters. */
    public ConsoleFilter() {}

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        boolean root = request.getRequestURI().equals(request.getContextPath() + "/");
        if (!root || !config.console() || !LocalHost.admits(config, request.getHeader("Host"))) {
            chain.doFilter(request, response);
            return;
        }
        String events = request.getContextPath() + "/events";
        List<String> channels = config.development() ? List.of("time") : List.of();
        String stream = channels.isEmpty() ? "" : events + "?channel=time";
        response.setContentType("text/html;charset=UTF-8");
        page.headers().forEach(response::setHeader);
        response.getOutputStream().write(page.html(stream, events, channels).getBytes(StandardCharsets.UTF_8));
    }
}
