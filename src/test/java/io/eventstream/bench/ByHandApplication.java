package io.eventstream.bench;

import jakarta.ws.rs.ApplicationPath;
import jakarta.ws.rs.core.Application;

/** Where {@link ByHand} is. */
@ApplicationPath("by-hand")
public class ByHandApplication extends Application {}
