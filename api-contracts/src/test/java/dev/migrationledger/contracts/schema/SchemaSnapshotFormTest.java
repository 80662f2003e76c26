package dev.migrationledger.contracts.schema;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migrationledger.contracts.text.Fingerprint;
import java.util.List;
import org.junit.jupiter.api.Test;

class SchemaSnapshotFormTest {

    private static final List<SchemaObject> OBJECTS = List.of(
            new SchemaObject(ObjectName.table("public", "users"), Definition.Table.UNKNOWN),
            new SchemaObject(ObjectName.table("public", "orders"), Definition.Table.UNKNOWN));

    @Test
    void another_fingerprint_of_the_same_schema_has_another_form() {
        assertThat(SchemaSnapshot.of(OBJECTS).fingerprint().toString())
                .as("raise SchemaSnapshot.FORM, then pin the new fingerprint here")
                .isEqualTo("2:5eb8fbc11e26f4af43e017ba828522532c9b951d9a59375cdecd77656597c298");
    }

    @Test
    void fingerprints_of_two_forms_neither_agree_nor_differ() {
        Fingerprint two = new SchemaSnapshot(2, OBJECTS).fingerprint();
        Fingerprint three = new SchemaSnapshot(3, OBJECTS).fingerprint();
        assertThat(two).isNotEqualTo(three);
        assertThat(two.differsFrom(three)).isFalse();
        assertThat(two.differsFrom(new SchemaSnapshot(2, OBJECTS.subList(0, 1)).fingerprint())).isTrue();
    }
}
