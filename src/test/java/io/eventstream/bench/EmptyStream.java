package io.eventstream.bench;

import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** The least that a connection which stays open costs on a server: what our heap for each is measured against. */
@WebServlet(urlPatterns = "/empty/*", asyncSupported = true)
public class EmptyStream extends HttpServlet {

    private static final long serialVersionUID = 1L;

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        response.setContentType("text/event-stream");
        // Before and after: Open Liberty sends what is written before the context is started only when it ends.
        response.flushBuffer();
        request.startAsync().setTimeout(0);
        response.getOutputStream().print(":\n\n");
        response.flushBuffer();
    }
}
