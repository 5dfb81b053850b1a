package io.eventstream.samples.time;

import jakarta.ws.rs.ApplicationPath;
import jakarta.ws.rs.core.Application;

/** Puts all resources below {@code /api}: those of this application and the library's own. */
@ApplicationPath("api")
public class TimeApplication extends Application {}
