package io.eventstream.testapp;

import jakarta.persistence.PersistenceUnit;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import java.util.List;
import java.util.stream.Collectors;

/** Declares the application's persistence unit under the name that the library looks up; any servlet class may. */
@WebServlet("/unit")
@PersistenceUnit(name = "eventstream/emf", unitName = "app")
public class TestUnit extends HttpServlet {

    /** Where a WAR has it. */
    public static final String PATH = "META-INF/persistence.xml";

    /** What it lists. */
    public static final List<String> ENTITIES = List.of(
            "io.eventstream.storage.ChannelRow",
            "io.eventstream.storage.EventRow",
            "io.eventstream.storage.StorageRow");

    private static final long serialVersionUID = 1;

    /**
     * Writes one.
     *
     * @param transactions JTA or RESOURCE_LOCAL
     * @param schema what the provider does with the tables: create or none
     */
    public static String xml(String transactions, List<String> entities, String schema) {
        return xml(transactions, entities, schema, "");
    }

    /** Writes one on a datasource of that name, whose tables are there. */
    public static String on(String datasource) {
        return xml("JTA", ENTITIES, "none", "<jta-data-source>" + datasource + "</jta-data-source>");
    }

    private static String xml(String transactions, List<String> entities, String schema, String datasource) {
        return """
                <?xml version="1.0" encoding="UTF-8"?>
                <persistence xmlns="https://jakarta.ee/xml/ns/persistence" version="3.0">
                  <persistence-unit name="app" transaction-type="%s">
                    %s
                    %s
                    <exclude-unlisted-classes>true</exclude-unlisted-classes>
                    <properties>
                      <property name="jakarta.persistence.schema-generation.database.action" value="%s"/>
                    </properties>
                  </persistence-unit>
                </persistence>
                """.formatted(
                transactions,
                datasource,
                entities.stream().map(entity -> "<class>" + entity + "</class>").collect(Collectors.joining()),
                schema);
    }
}
