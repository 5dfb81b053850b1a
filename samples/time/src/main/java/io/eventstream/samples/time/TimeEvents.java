package io.eventstream.samples.time;

import io.eventstream.api.EventChannels;
import io.eventstream.subscribe.EventStreamResource;
import jakarta.ws.rs.Path;

/** {@code GET /api/time/events}: the channel {@code time}, for everybody, since the route names it. */
@Path("time/events")
@EventChannels("time")
public class TimeEvents extends EventStreamResource {}
