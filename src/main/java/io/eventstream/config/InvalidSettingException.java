package io.eventstream.config;

import java.util.List;

/** Settings that cannot be: the deployment stops. The message names each key, its value and what is allowed. */
public final class InvalidSettingException extends RuntimeException {

    private static final long serialVersionUID = 1;

    InvalidSettingException(List<String> problems) {
        super("EventStream cannot start with these settings: " + String.join("; ", problems));
    }
}
