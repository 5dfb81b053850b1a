package io.eventstream.subscribe;

import jakarta.ws.rs.Path;

/** {@code GET /events/{channel}}. */
@Path("events/{channel}")
public class OpenChannelEvents extends EventStreamResource {}
