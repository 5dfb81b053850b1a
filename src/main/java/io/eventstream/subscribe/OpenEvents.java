package io.eventstream.subscribe;

import jakarta.ws.rs.Path;

/** {@code GET /events?channel=a&channel=b}. */
@Path("events")
public class OpenEvents extends EventStreamResource {}
