package io.eventstream.broadcast;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import jakarta.servlet.http.HttpServletRequest;
import java.lang.reflect.Proxy;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class StreamRequestsTest {

    private final TestNode node = new TestNode();
    private final HttpServletRequest current = request();
    private final StreamRequests requests = new StreamRequests(current);
    private final Subscriber first = node.subscribe(new RecordingSink(), "a");
    private final Subscriber second = node.subscribe(new RecordingSink(), "a");

    @AfterEach
    void close() {
        node.close();
    }

    private static HttpServletRequest request() {
        Map<Object, Object> attributes = new HashMap<>();
        return (HttpServletRequest) Proxy.newProxyInstance(
                StreamRequestsTest.class.getClassLoader(),
                new Class<?>[] {HttpServletRequest.class},
                (proxy, method, arguments) -> switch (method.getName()) {
                    case "setAttribute" -> attributes.put(arguments[0], arguments[1]);
                    case "getAttribute" -> attributes.get(arguments[0]);
                    default -> throw new UnsupportedOperationException(method.getName());
                });
    }

    private boolean awaitBoth(HttpServletRequest... over) {
        return requests.await(List.of(first, second), () -> List.of(over).forEach(requests::isOver));
    }

    @Test
    void areWaitedForUntilTheServerIsDoneWithEach() {
        HttpServletRequest other = request();
        StreamRequests.assign(other, second);
        requests.assignCurrent(first);

        assertThat(awaitBoth(other, current)).isTrue();
    }

    @Test
    void ofWhichOneIsNeverOverAreGivenUp() {
        requests.assignCurrent(first);

        assertThat(awaitBoth(current, current, request())).isFalse();
    }

    @Test
    void thatWereOverBeforeDoNotCount() {
        requests.assignCurrent(first);
        requests.isOver(current);

        assertThat(requests.await(List.of(first), () -> {})).isFalse();
    }

    @Test
    void ofNobodyAreNotWaitedFor() {
        assertThat(requests.await(List.of(), () -> {})).isTrue();
    }

    @Test
    void needNotBeThereWhereASinkIsRegistered() {
        HttpServletRequest none = (HttpServletRequest) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {HttpServletRequest.class}, (proxy, method, arguments) -> {
                    throw new IllegalStateException("no request");
                });

        assertThatCode(() -> new StreamRequests(none).assignCurrent(first)).doesNotThrowAnyException();
    }
}
