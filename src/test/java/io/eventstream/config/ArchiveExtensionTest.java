package io.eventstream.config;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ArchiveExtensionTest {

    /** As the servers say it. */
    @ParameterizedTest
    @CsvSource({
        "vfs:/content/shop.ear/lib/eventstream.jar/io/eventstream/config/A.class, true",
        "vfs:/content/shop.ear/web.war/WEB-INF/lib/eventstream.jar/io/eventstream/config/A.class, false",
        "vfs:/content/web.war/WEB-INF/lib/eventstream.jar/io/eventstream/config/A.class, false",
        "wsjar:file:/wlp/cache/app.manager_0/.cache/lib/eventstream.jar!/io/eventstream/config/A.class, true",
        "wsjar:file:/wlp/cache/app.manager_1/.cache/WEB-INF/lib/eventstream.jar!/io/eventstream/config/A.class, false",
        "jar:file:/domain1/applications/shop/lib/eventstream.jar!/io/eventstream/config/A.class, true",
        "jar:file:/domain1/applications/web/WEB-INF/lib/eventstream.jar!/io/eventstream/config/A.class, false",
        "file:/lib/project/target/classes/io/eventstream/config/A.class, false",
        "file:/deployed/web.war/WEB-INF/classes/io/eventstream/config/A.class, false"
    })
    void tellsTheFolderOfAnEarFromThatOfAWar(String location, boolean ear) {
        assertThat(ArchiveExtension.isInAnEar(location)).isEqualTo(ear);
    }
}
