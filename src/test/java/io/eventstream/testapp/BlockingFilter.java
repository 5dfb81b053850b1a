package io.eventstream.testapp;

import jakarta.servlet.annotation.WebFilter;
import jakarta.servlet.http.HttpFilter;

/** A filter as most are written: it does not say that it supports asynchronous requests. */
@WebFilter(filterName = "tracing", urlPatterns = "/*")
public class BlockingFilter extends HttpFilter {

    private static final long serialVersionUID = 1;
}
