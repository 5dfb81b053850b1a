package io.eventstream.testing;

/** An application did not deploy; the message is what the server says about it. */
public final class DeploymentRefusedException extends RuntimeException {

    private static final long serialVersionUID = 1;

    DeploymentRefusedException(String message) {
        super(message);
    }
}
