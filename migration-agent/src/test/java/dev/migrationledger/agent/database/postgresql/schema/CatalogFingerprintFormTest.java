package dev.migrationledger.agent.database.postgresql.schema;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migrationledger.contracts.schema.SchemaSnapshot;
import dev.migrationledger.contracts.text.Sha256;
import org.junit.jupiter.api.Test;

class CatalogFingerprintFormTest {

    @Test
    void another_statement_has_another_form() {
        assertThat(CatalogFingerprint.FORM + " " + Sha256.hex(CatalogFingerprint.STATEMENT))
                .as("raise CatalogFingerprint.FORM, then pin the new statement here")
                .isEqualTo("1 a32529b3021525a80b4d98b2da5d62cb63e330ec989a194eac9bc62f2a88bcfa");
    }

    @Test
    void another_reading_of_the_same_schema_has_another_form() {
        assertThat(SchemaSnapshot.FORM + " " + Sha256.hex(Snapshots.resource("everything.txt")))
                .as("raise SchemaSnapshot.FORM where what was read before is read otherwise, then pin the new reading here")
                .isEqualTo("2 1f93985567ac5ccf6f434b7464f2a37c442dd237c50cde52dff2de9067f82de6");
    }
}
