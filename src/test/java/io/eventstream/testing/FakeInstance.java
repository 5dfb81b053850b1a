package io.eventstream.testing;

import jakarta.enterprise.inject.Instance;
import java.lang.reflect.Proxy;
import java.util.List;

/** The beans that a container would find: one or none. */
public final class FakeInstance {

    private FakeInstance() {}

    public static <T> Instance<T> empty() {
        return of(List.of());
    }

    public static <T> Instance<T> of(T bean) {
        return of(List.of(bean));
    }

    @SuppressWarnings("unchecked")
    private static <T> Instance<T> of(List<T> beans) {
        return (Instance<T>) Proxy.newProxyInstance(
                FakeInstance.class.getClassLoader(),
                new Class<?>[] {Instance.class},
                (proxy, method, arguments) -> switch (method.getName()) {
                    case "isUnsatisfied" -> beans.isEmpty();
                    case "isResolvable" -> !beans.isEmpty();
                    case "get" -> beans.get(0);
                    default -> throw new UnsupportedOperationException(method.toString());
                });
    }
}
