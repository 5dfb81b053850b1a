package io.eventstream.storage;

import jakarta.enterprise.inject.spi.DeploymentException;
import jakarta.persistence.EntityManager;
import jakarta.persistence.EntityManagerFactory;
import jakarta.persistence.PersistenceException;
import java.util.List;
import java.util.stream.Collectors;
import javax.naming.NamingException;
import org.jspecify.annotations.Nullable;

/** The application's persistence unit, under the name that it declares; or the lines that it lacks. */
final class PersistenceUnit {

    private static final String ENVIRONMENT = "java:comp/env/";
    private static final List<Class<?>> ENTITIES = List.of(ChannelRow.class, EventRow.class, StorageRow.class);

    private final String name;
    private final Naming naming;

    /** Where names are looked up. */
    @FunctionalInterface
    interface Naming {

        Object lookUp(String name) throws NamingException;
    }

    PersistenceUnit(String name, Naming naming) {
        this.name = name;
        this.naming = naming;
    }

    /**
     * Looks it up, on a thread of the application's.
     *
     * @throws DeploymentException if it is not there or not as it must be; the message says what to add
     */
    EntityManagerFactory find() {
        EntityManagerFactory unit = lookUp();
        try {
            requireEntities(unit);
            requireJta(unit);
        } catch (PersistenceException e) {
            // Open Liberty opens a unit when it is used first, and so notices here that it has no datasource or
            // database.
            if (Failure.isOfConnection(e)) {
                throw withoutDatabase(e);
            }
            throw refusal(
                    "the persistence unit under the name " + name + " cannot be opened; it must be"
                            + " <persistence-unit … transaction-type=\"JTA\"> with a datasource that is there",
                    e);
        }
        return unit;
    }

    private EntityManagerFactory lookUp() {
        Object found;
        try {
            found = naming.lookUp(name);
        } catch (NamingException e) {
            throw refusal("there is no persistence unit under the name " + name + ". " + declaration(), e);
        }
        if (found instanceof EntityManagerFactory unit) {
            return unit;
        }
        throw refusal(
                "what is under the name " + name + " is no EntityManagerFactory. " + declaration(),
                new ClassCastException(found.getClass().getName()));
    }

    private String declaration() {
        if (!name.startsWith(ENVIRONMENT)) {
            return "Bind one there, or set eventstream.storage.emf";
        }
        String local = name.substring(ENVIRONMENT.length());
        return "Declare it on any servlet class: @PersistenceUnit(name = \"" + local + "\", unitName = \"…\"), or in"
                + " WEB-INF/web.xml: <persistence-unit-ref><persistence-unit-ref-name>" + local
                + "</persistence-unit-ref-name><persistence-unit-name>…</persistence-unit-name></persistence-unit-ref>";
    }

    private void requireEntities(EntityManagerFactory unit) {
        for (Class<?> entity : ENTITIES) {
            try {
                unit.getMetamodel().entity(entity);
            } catch (IllegalArgumentException e) {
                throw refusal(
                        "the persistence unit under the name " + name + " does not list " + entity.getName()
                                + ". Add to it in persistence.xml: "
                                + ENTITIES.stream()
                                        .map(type -> "<class>" + type.getName() + "</class>")
                                        .collect(Collectors.joining(" ")),
                        e);
            }
        }
    }

    /** Only the entity manager of a unit that is RESOURCE_LOCAL has a transaction of its own. */
    private void requireJta(EntityManagerFactory unit) {
        EntityManager em = unit.createEntityManager();
        try {
            em.getTransaction();
        } catch (IllegalStateException e) {
            return;
        } finally {
            em.close();
        }
        throw refusal(
                "the persistence unit under the name " + name + " is RESOURCE_LOCAL, so its rows and events could not"
                        + " commit together. Make it <persistence-unit … transaction-type=\"JTA\">",
                null);
    }

    /** The refusal where the unit is right, but the tables in its database are not. */
    DeploymentException withoutTables(RuntimeException cause) {
        return refusal(
                "the tables of the persistence unit under the name " + name
                        + " cannot be used. Where they are missing, set eventstream.storage.create-tables = true, or add"
                        + " to the unit <property name=\"jakarta.persistence.schema-generation.database.action\""
                        + " value=\"create\"/>, or run the script for the database in META-INF/eventstream of the"
                        + " library's jar",
                cause);
    }

    /** The refusal where the unit is right, but its database is not there. */
    DeploymentException withoutDatabase(RuntimeException cause) {
        return refusal(
                "the database of the persistence unit under the name " + name + " cannot be reached. Start it before"
                        + " the application",
                cause);
    }

    private static DeploymentException refusal(String reason, @Nullable Throwable cause) {
        return new DeploymentException("EventStream cannot start with eventstream.storage = jpa: " + reason, cause);
    }
}
