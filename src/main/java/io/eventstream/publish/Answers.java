package io.eventstream.publish;

import io.eventstream.api.DataTooLargeException;
import io.eventstream.api.EventStreamException;
import io.eventstream.api.SendOutcomeUnknownException;
import io.eventstream.api.StorageRefusedException;
import io.eventstream.api.StorageUnavailableException;
import io.eventstream.http.CorsHeaders;
import io.eventstream.sse.ControlEvents;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What exceptions mean to those who publish, or read what was published, over HTTP. Safe for use by many threads. */
@ApplicationScoped
class Answers {

    private static final Logger LOG = System.getLogger(Answers.class.getName());

    /** About as long as a database takes to come back. */
    private static final String RETRY_AFTER_SECONDS = "5";

    private final CorsHeaders cors;

    /** For the CDI client proxy only. */
    @SuppressWarnings("NullAway")
    Answers() {
        this(null);
    }

    @Inject
    Answers(CorsHeaders cors) {
        this.cors = cors;
    }

    /** What is asked for. */
    interface Asked {
        String answer() throws IOException;
    }

    /** {@return what was asked for, or why it is not done} */
    public Answer of(Sender sender, Asked asked) {
        try {
            return new Answer(200, asked.answer(), cors.of(sender.origin()));
        } catch (PublishRefusedException e) {
            return refusal(e.status(), e.condition(), e.getMessage(), sender);
        } catch (DataTooLargeException e) {
            return refusal(413, "too-large", e.getMessage(), sender);
        } catch (StorageUnavailableException e) {
            return refusal(503, "storage-unavailable", e.getMessage(), sender);
        } catch (SendOutcomeUnknownException e) {
            return refusal(504, "outcome-unknown", e.getMessage(), sender);
        } catch (StorageRefusedException e) {
            LOG.log(Level.ERROR, "The storage refused what was published over HTTP", e);
            return refusal(500, "storage-refused", e.getMessage(), sender);
        } catch (EventStreamException e) {
            return refusal(400, "bad-request", e.getMessage(), sender);
        } catch (IOException e) {
            return refusal(400, "bad-request", "The body did not arrive whole", sender);
        }
    }

    private Answer refusal(int status, String condition, String text, Sender sender) {
        Map<String, String> headers = new HashMap<>(cors.of(sender.origin()));
        if (status == 401) {
            // Not "Basic": a browser must not ask its user for a password.
            headers.put("WWW-Authenticate", "Bearer");
        }
        if (status == 503) {
            headers.put("Retry-After", RETRY_AFTER_SECONDS);
        }
        return new Answer(status, ControlEvents.errorJson(condition, text, List.of()), headers);
    }
}
