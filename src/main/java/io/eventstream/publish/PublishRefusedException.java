package io.eventstream.publish;

/** A request to publish that is not carried out. */
final class PublishRefusedException extends RuntimeException {

    private static final long serialVersionUID = 1;

    private final String text;
    private final int status;
    private final String condition;

    private PublishRefusedException(int status, String condition, String text) {
        super(text);
        this.text = text;
        this.status = status;
        this.condition = condition;
    }

    static PublishRefusedException badRequest(String text) {
        return new PublishRefusedException(400, "bad-request", text);
    }

    static PublishRefusedException unauthorized(String text) {
        return new PublishRefusedException(401, "unauthorized", text);
    }

    static PublishRefusedException forbidden(String text) {
        return new PublishRefusedException(403, "forbidden", text);
    }

    static PublishRefusedException notFound(String text) {
        return new PublishRefusedException(404, "not-found", text);
    }

    static PublishRefusedException tooLarge(String text) {
        return new PublishRefusedException(413, "too-large", text);
    }

    int status() {
        return status;
    }

    String condition() {
        return condition;
    }

    @Override
    public String getMessage() {
        return text;
    }
}
