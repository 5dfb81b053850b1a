package io.eventstream.client;

/** The server does not do what it was asked for. */
public final class RequestRefusedException extends RuntimeException {

    private static final long serialVersionUID = 1;

    private final int status;
    private final String condition;

    private RequestRefusedException(int status, String condition, String text) {
        super(text);
        this.status = status;
        this.condition = condition;
    }

    static RequestRefusedException of(int status, String body) {
        String condition = SmallJson.text(body, "condition").orElse("");
        String text = SmallJson.text(body, "text").orElse("The server answered with " + status);
        return new RequestRefusedException(status, condition, text);
    }

    static RequestRefusedException because(int status, String text) {
        return new RequestRefusedException(status, "", text);
    }

    /** {@return the HTTP status; 200 where a stream ended with a stream-error} */
    public int status() {
        return status;
    }

    /** {@return such as {@code forbidden}; empty where the server named none} */
    public String condition() {
        return condition;
    }
}
