package io.eventstream.subscribe;

import io.eventstream.config.EventStreamConfig;
import io.eventstream.http.LocalHost;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** The console at the hub's root, which JAX-RS leaves to it; the hub's web.xml maps it. */
public class ConsoleServlet extends HttpServlet {

    private static final long serialVersionUID = 1;

    @Inject
    @SuppressWarnings("NullAway.Init") // the server makes servlets
    private transient ConsolePage page;

    @Inject
    @SuppressWarnings("NullAway.Init")
    private transient EventStreamConfig config;

    /** For the server, which makes servlets. */
    public ConsoleServlet() {}

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        if (!LocalHost.admits(config, request.getHeader("Host"))) {
            response.sendError(HttpServletResponse.SC_FORBIDDEN, LocalHost.REFUSAL);
            return;
        }
        if (!config.console()) {
            response.sendError(HttpServletResponse.SC_NOT_FOUND);
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
