package io.eventstream.config;

/** Whether an optional part is there. */
public enum Presence {
    /** Where the server has what it needs. */
    AUTO,
    /** Always: the deployment stops where the server lacks what it needs. */
    ALWAYS,
    /** Never. */
    NEVER;

    static Presence of(String text) {
        return switch (text) {
            case "true" -> ALWAYS;
            case "false" -> NEVER;
            default -> AUTO;
        };
    }
}
