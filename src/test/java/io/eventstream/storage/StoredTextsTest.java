package io.eventstream.storage;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class StoredTextsTest {

    @Property
    void dataComesBackAndHasNoNul(@ForAll("texts") String data) {
        String stored = StoredTexts.data(data);

        assertThat(stored).doesNotContain("\0");
        assertThat(StoredTexts.originalData(stored)).isEqualTo(data);
    }

    @Property
    void usersComeBack(@ForAll Set<String> users) {
        Set<String> encodable = users.stream()
                .map(user -> user.replaceAll("[\\ud800-\\udfff]", "?") + "x")
                .collect(Collectors.toSet());

        assertThat(StoredTexts.originalUsers(StoredTexts.users(encodable))).isEqualTo(encodable);
    }

    @Provide
    Arbitrary<String> texts() {
        return Arbitraries.strings().withChars('\0', '\u0001', '\u0002', '0', '1', 'a', 'ä');
    }
}
