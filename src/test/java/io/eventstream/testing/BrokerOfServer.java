package io.eventstream.testing;

/** How a server has a message broker of its own. */
public enum BrokerOfServer {
    /** Servers of its kind have none. */
    NONE,
    /** One with {@linkplain OwnServer#withBroker another configuration} has one. */
    IN_ANOTHER_CONFIGURATION,
    /** It has one. */
    THERE
}
