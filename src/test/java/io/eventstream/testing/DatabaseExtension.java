package io.eventstream.testing;

import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/** Starts a database server with the first test that wants it; JUnit closes it after the last of the run. */
public final class DatabaseExtension implements ParameterResolver {

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return DatabaseServer.class.isAssignableFrom(parameter.getParameter().getType());
    }

    @Override
    public DatabaseServer resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return context.getRoot()
                .getStore(Namespace.create(DatabaseExtension.class))
                .getOrComputeIfAbsent(
                        parameter.getParameter().getType(),
                        type -> type == PostgresServer.class ? new PostgresServer() : new MariaDbServer(),
                        DatabaseServer.class);
    }
}
