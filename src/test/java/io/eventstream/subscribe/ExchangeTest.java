package io.eventstream.subscribe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class ExchangeTest {

    @ParameterizedTest(name = "{0}")
    @MethodSource("acceptHeaders")
    void prefersHtmlAsTheClientDoes(String client, String accept, boolean html) {
        assertThat(Exchanges.get("events", "Accept", accept).prefersHtml()).isEqualTo(html);
    }

    @Test
    void prefersAStreamWithoutAnAcceptHeader() {
        assertThat(Exchanges.get("events").prefersHtml()).isFalse();
    }

    static Stream<Arguments> acceptHeaders() {
        return Stream.of(
                arguments("curl", "*/*", false),
                arguments("EventSource", "text/event-stream", false),
                arguments(
                        "Chrome's address bar",
                        "text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,image/webp,image/apng,"
                                + "*/*;q=0.8,application/signed-exchange;v=b3;q=0.7",
                        true),
                arguments(
                        "Firefox's address bar",
                        "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8",
                        true),
                arguments("JSON", "application/json", false),
                arguments("JSON or anything", "application/json, */*;q=0.1", false),
                arguments("HTML alone", "text/html", true),
                arguments("any text", "text/*", false),
                arguments("a stream rather than HTML", "text/html;q=0.5, text/event-stream", false),
                arguments("HTML rather than a stream", "text/event-stream;q=0.5, text/html", true));
    }

    @Nested
    class TheLastEventId {

        @ParameterizedTest
        @CsvSource(
                nullValues = "none",
                value = {
                    "none, events, ''",
                    "a:1, events, a:1",
                    "a:1, events?lastEventId=a:2, a:1",
                    "none, events?lastEventId=a:2, a:2",
                    "'', events?lastEventId=a:2, a:2",
                    "none, events?lastEventId=a:1&lastEventId=a:2, a:2",
                    "none, events?lastEventId=a:1&lastEventId=, a:1",
                    "none, events?lastEventId=&lastEventId, ''",
                    "none, events?lastEventId=a%2520b:1, a%20b:1",
                    "error, events?lastEventId=a:1, error",
                    "none, events?lastEventId=error, error",
                })
        void isInTheHeaderElseInTheLastParameterThatIsNotEmpty(String header, String path, String id) {
            Exchange exchange = header == null ? Exchanges.get(path) : Exchanges.get(path, "Last-Event-ID", header);

            assertThat(exchange.lastEventId()).isEqualTo(id);
        }
    }

    @Nested
    class WhatAManagerMaySee {

        private final Exchange exchange =
                Exchanges.get("events?channel=a%20b&channel=c+d&x", "X-Tenant", "acme", "Cookie", "secret=1");

        @Test
        void isTheQueryDecoded() {
            assertThat(exchange.query())
                    .containsOnly(Map.entry("channel", List.of("a b", "c d")), Map.entry("x", List.of("")));
        }

        @Test
        void isTheHeadersItAskedForByThatName() {
            assertThat(exchange.headers(Set.of("x-tenant", "X-Other"))).containsOnly(Map.entry("x-tenant", "acme"));
            assertThat(exchange.headers(Set.of())).isEmpty();
        }
    }
}
