package io.eventstream.testapp;

import jakarta.ws.rs.ApplicationPath;
import jakarta.ws.rs.core.Application;

/** The application behind the recorded wire, and behind most container tests. */
@ApplicationPath("/")
public class TestApplication extends Application {}
