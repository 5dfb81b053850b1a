package io.eventstream.testing;

import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/** Starts a database server with the first test that wants it; JUnit closes it after the last of the run. */
public final class DatabaseExtension implements ParameterResolver {

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        Class<?> type = parameter.getParameter().getType();
        return DatabaseServer.class.isAssignableFrom(type) || type == RedisServer.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return context.getRoot()
                .getStore(Namespace.create(DatabaseExtension.class))
                .getOrComputeIfAbsent(parameter.getParameter().getType(), DatabaseExtension::started);
    }

    private static AutoCloseable started(Class<?> type) {
        if (type == RedisServer.class) {
            return new RedisServer();
        }
        return type == PostgresServer.class ? new PostgresServer() : new MariaDbServer();
    }
}
