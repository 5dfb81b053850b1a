package io.eventstream.it;

import io.eventstream.spi.ChannelManager;
import jakarta.enterprise.context.ApplicationScoped;

/** One channel manager too many. */
@ApplicationScoped
public class SecondChannels implements ChannelManager {}
