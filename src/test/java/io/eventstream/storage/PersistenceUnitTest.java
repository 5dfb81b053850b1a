package io.eventstream.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.eventstream.storage.PersistenceUnit.Naming;
import jakarta.enterprise.inject.spi.DeploymentException;
import jakarta.persistence.EntityManager;
import jakarta.persistence.EntityManagerFactory;
import jakarta.persistence.PersistenceException;
import jakarta.persistence.metamodel.Metamodel;
import java.lang.reflect.Proxy;
import java.sql.SQLException;
import java.util.Set;
import javax.naming.NameNotFoundException;
import org.junit.jupiter.api.Test;

class PersistenceUnitTest {

    private static final String NAME = "java:comp/env/eventstream/emf";
    private static final Set<Class<?>> ALL = Set.of(ChannelRow.class, EventRow.class, StorageRow.class);

    /** A unit with these entities. */
    private static EntityManagerFactory unit(Set<Class<?>> entities, boolean jta) {
        return proxy(EntityManagerFactory.class, (method, argument) -> switch (method) {
            case "getMetamodel" ->
                proxy(Metamodel.class, (called, entity) -> {
                    if (!entities.contains(entity)) {
                        throw new IllegalArgumentException("Not an entity: " + entity);
                    }
                    return null;
                });
            case "createEntityManager" ->
                proxy(EntityManager.class, (called, nothing) -> {
                    if (called.equals("getTransaction") && jta) {
                        throw new IllegalStateException("A JTA EntityManager cannot use getTransaction()");
                    }
                    return null;
                });
            default -> null;
        });
    }

    private interface Behaviour {
        Object call(String method, Object argument);
    }

    private static <T> T proxy(Class<T> type, Behaviour behaviour) {
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(),
                new Class<?>[] {type},
                (proxy, method, arguments) ->
                        behaviour.call(method.getName(), arguments == null ? null : arguments[0])));
    }

    private static String refusal(String name, Naming naming) {
        var unit = new PersistenceUnit(name, naming);
        var refused = new StringBuilder();
        assertThatExceptionOfType(DeploymentException.class)
                .isThrownBy(unit::find)
                .satisfies(e -> refused.append(e.getMessage()));
        return refused.toString();
    }

    @Test
    void isTheOneUnderTheName() {
        EntityManagerFactory unit = unit(ALL, true);

        assertThat(new PersistenceUnit(NAME, name -> name.equals(NAME) ? unit : null).find())
                .isSameAs(unit);
    }

    @Test
    void saysHowToDeclareItWhereNothingIsThere() {
        assertThat(refusal(NAME, name -> {
                    throw new NameNotFoundException(name);
                }))
                .isEqualTo(
                        "EventStream cannot start with eventstream.storage = jpa: there is no persistence unit under the"
                                + " name java:comp/env/eventstream/emf. Declare it on any servlet class:"
                                + " @PersistenceUnit(name = \"eventstream/emf\", unitName = \"…\"), or in WEB-INF/web.xml:"
                                + " <persistence-unit-ref><persistence-unit-ref-name>eventstream/emf</persistence-unit-ref-name>"
                                + "<persistence-unit-name>…</persistence-unit-name></persistence-unit-ref>");
    }

    @Test
    void namesTheSettingWhereTheNameIsNoneOfTheApplications() {
        assertThat(refusal("java:global/units/app", name -> {
                    throw new NameNotFoundException(name);
                }))
                .endsWith("there is no persistence unit under the name java:global/units/app."
                        + " Bind one there, or set eventstream.storage.emf");
    }

    @Test
    void refusesWhatIsNoFactory() {
        assertThat(refusal(NAME, name -> "a text"))
                .contains("what is under the name " + NAME + " is no EntityManagerFactory. Declare it");
    }

    @Test
    void namesTheLinesForEntitiesThatAreNotListed() {
        assertThat(refusal(NAME, name -> unit(Set.of(ChannelRow.class, StorageRow.class), true)))
                .endsWith("does not list io.eventstream.storage.EventRow. Add to it in persistence.xml:"
                        + " <class>io.eventstream.storage.ChannelRow</class>"
                        + " <class>io.eventstream.storage.EventRow</class>"
                        + " <class>io.eventstream.storage.StorageRow</class>");
    }

    @Test
    void refusesAUnitWithTransactionsOfItsOwn() {
        assertThat(refusal(NAME, name -> unit(ALL, false)))
                .contains("is RESOURCE_LOCAL")
                .contains("transaction-type=\"JTA\"");
    }

    @Test
    void refusesAUnitThatCannotBeOpened() {
        EntityManagerFactory broken = proxy(EntityManagerFactory.class, (method, argument) -> {
            throw new PersistenceException("No datasource");
        });

        assertThat(refusal(NAME, name -> broken))
                .contains("cannot be opened")
                .contains("with a datasource that is there");
    }

    @Test
    void saysThatTheDatabaseIsDownWhereAUnitCannotBeOpenedForThat() {
        EntityManagerFactory waiting = proxy(EntityManagerFactory.class, (method, argument) -> {
            throw new PersistenceException("wrapped", new SQLException("Connection refused", "08001"));
        });

        assertThat(refusal(NAME, name -> waiting)).endsWith("cannot be reached. Start it before the application");
    }
}
