package dev.migrationledger.agent.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migrationledger.agent.doctor.Patient.Diagnosed;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What teams have met in production: each state is made as it came about, the doctor says what it is, and what it prints is typed
 * into a shell.
 */
class DoctorIncidentsTest {

    @TempDir
    Path directory;

    // Tables exist, and the version table does not agree: "relation already exists".

    private Patient knowledge(String upTo) throws Exception {
        Patient patient = Patient.with(directory, "knowledge");
        patient.type("alembic upgrade " + upTo);
        patient.sql("INSERT INTO users (email) VALUES ('one@example.org'), ('two@example.org')");
        String extra = upTo.equals("001_initial") ? "metadata" : "extra_data";
        patient.sql("INSERT INTO events (user_id, kind, " + extra + ") VALUES (1, 'Login', '{\"from\": \"app\"}')");
        return patient;
    }

    private static void isAheadOfItsStamp(Patient patient, String code, String physical) throws Exception {
        Diagnosed diagnosed = patient.doctor();
        assertThat(diagnosed.exitCode()).isEqualTo(1);
        assertThat(diagnosed.codes()).as("%s", diagnosed.json()).containsExactly(code);
        assertThat(diagnosed.message(code)).contains(physical);
        assertThat(diagnosed.candidates()).containsExactly(List.of(physical));
        assertThat(diagnosed.exact()).isTrue();
        assertThat(diagnosed.plan()).containsExactly(
                patient.alembic() + " stamp " + physical, patient.alembic() + " upgrade head");
        patient.recovers(diagnosed);
    }

    @Test
    void tables_exist_and_the_version_table_is_gone() throws Exception {
        Patient patient = knowledge("003_knowledge_chunks");
        patient.sql("DROP TABLE alembic_version");
        assertThat(patient.fail("alembic upgrade head")).contains("already exists");
        isAheadOfItsStamp(patient, "version-table-missing", "003_knowledge_chunks");
    }

    @Test
    void tables_exist_and_the_version_table_is_empty() throws Exception {
        Patient patient = knowledge("002_rename_metadata");
        patient.sql("DELETE FROM alembic_version");
        assertThat(patient.fail("alembic upgrade head")).contains("already exists");
        isAheadOfItsStamp(patient, "version-table-empty", "002_rename_metadata");
    }

    @Test
    void tables_exist_that_come_after_the_stamp() throws Exception {
        Patient patient = knowledge("003_knowledge_chunks");
        patient.sql("UPDATE alembic_version SET version_num = '001_initial'");
        assertThat(patient.fail("alembic upgrade head")).contains("does not exist");
        isAheadOfItsStamp(patient, "schema-ahead-of-stamp", "003_knowledge_chunks");
    }

    @Test
    void the_application_made_the_tables_itself() throws Exception {
        Patient patient = Patient.with(directory, "knowledge");
        // As an application's create_all writes it for models of that time.
        patient.sql(
                "CREATE TABLE users (id SERIAL NOT NULL, email VARCHAR(255) NOT NULL, PRIMARY KEY (id), UNIQUE (email))",
                "CREATE TABLE events (id SERIAL NOT NULL, user_id INTEGER NOT NULL, kind VARCHAR(50) NOT NULL, extra_data JSONB,"
                        + " created_at TIMESTAMP WITH TIME ZONE DEFAULT now() NOT NULL, PRIMARY KEY (id),"
                        + " FOREIGN KEY(user_id) REFERENCES users (id))",
                "CREATE INDEX ix_events_kind ON events (kind)",
                "INSERT INTO users (email) VALUES ('one@example.org')");
        assertThat(patient.fail("alembic upgrade head")).contains("already exists");
        isAheadOfItsStamp(patient, "version-table-missing", "002_rename_metadata");
    }

    @Test
    void indistinguishable_positions_are_asked_and_not_guessed() throws Exception {
        Patient patient = knowledge("002_rename_metadata");
        patient.add("knowledge-data");
        patient.edit("003_knowledge_chunks", "down_revision = \"002_rename_metadata\"",
                "down_revision = \"002a_normalize_kinds\"");
        patient.sql("DROP TABLE alembic_version");

        Diagnosed diagnosed = patient.doctor();
        assertThat(diagnosed.exitCode()).isEqualTo(1);
        assertThat(diagnosed.candidates()).containsExactly(
                List.of("002_rename_metadata"), List.of("002a_normalize_kinds"));
        assertThat(diagnosed.exact()).isFalse();
        assertThat(diagnosed.message("version-table-missing")).contains("002_rename_metadata", "002a_normalize_kinds");
        assertThat(diagnosed.plan()).last().asString().startsWith("? ");
        assertThat(diagnosed.plan()).noneMatch(step -> step.startsWith("alembic"));
    }

    // Two developers went on from one revision: "Multiple head revisions are present".

    @Test
    void two_developers_went_on_from_one_revision() throws Exception {
        Patient patient = knowledge("003_knowledge_chunks");
        patient.remove("004_rename_knowledge_chunks_metadata");
        patient.add("knowledge-other");
        assertThat(patient.fail("alembic upgrade head")).contains("Multiple head revisions");

        Diagnosed diagnosed = patient.doctor();
        assertThat(diagnosed.exitCode()).isEqualTo(1);
        assertThat(diagnosed.codes()).contains("multiple-heads");
        assertThat(diagnosed.message("multiple-heads")).contains("003_knowledge_chunks", "003_other_feature",
                "002_rename_metadata");
        assertThat(diagnosed.candidates()).containsExactly(List.of("003_knowledge_chunks"));
        assertThat(diagnosed.plan()).hasSize(2);
        assertThat(diagnosed.plan().getFirst()).startsWith(patient.alembic() + " merge -m ")
                .contains("003_knowledge_chunks", "003_other_feature");
        assertThat(diagnosed.plan().getLast()).isEqualTo(patient.alembic() + " upgrade head");
        patient.recovers(diagnosed);
    }

    // A stale image brings deleted revisions back.

    @Test
    void a_stale_image_brings_a_deleted_revision_back() throws Exception {
        Patient patient = Patient.with(directory, "stale", "stale-image");
        Files.writeString(patient.ini(),
                "[alembic]\nscript_location = %(here)s/migrations\nversion_num_format = %04d\n");
        patient.sql("CREATE TABLE accounts (id SERIAL NOT NULL, name VARCHAR(100) NOT NULL, PRIMARY KEY (id))",
                "CREATE TABLE invoices (id SERIAL NOT NULL, account_id INTEGER NOT NULL, total NUMERIC(10, 2) NOT NULL,"
                        + " note TEXT, PRIMARY KEY (id), FOREIGN KEY(account_id) REFERENCES accounts (id))",
                "INSERT INTO accounts (name) VALUES ('Ada')",
                "INSERT INTO invoices (account_id, total, note) VALUES (1, 9.5, 'paid')");
        assertThat(patient.fail("alembic current")).contains("InterpolationSyntaxError");

        Diagnosed diagnosed = patient.doctor();
        assertThat(diagnosed.exitCode()).isEqualTo(1);
        assertThat(diagnosed.codes()).containsExactly("config-invalid", "multiple-heads", "version-table-missing");
        assertThat(diagnosed.message("config-invalid")).contains("version_num_format", "not doubled");
        assertThat(diagnosed.message("multiple-heads")).contains("8bd76168eb7e", "010_invoice_notes", "009_invoices");
        assertThat(diagnosed.candidates()).containsExactly(List.of("010_invoice_notes"));
        assertThat(diagnosed.plan().getFirst()).startsWith("? ").contains("%%04d");
        assertThat(diagnosed.plan()).noneMatch(step -> step.contains("drop") || step.contains("merge"));

        // The line is corrected and the image is built from the right scripts.
        Files.writeString(patient.ini(),
                "[alembic]\nscript_location = %(here)s/migrations\nversion_num_format = %%04d\n");
        patient.remove("8bd76168eb7e_experiment");
        Diagnosed rebuilt = patient.doctor();
        assertThat(rebuilt.codes()).containsExactly("version-table-missing");
        assertThat(rebuilt.plan()).containsExactly(patient.alembic() + " stamp 010_invoice_notes");
        patient.recovers(rebuilt);
    }

    // A hotfix gives a revision another parent, and a row is inserted by hand.

    private Patient missions(String upTo) throws Exception {
        Patient patient = Patient.with(directory, "missions");
        patient.type("alembic upgrade " + upTo);
        patient.sql("INSERT INTO missions (title, icon) VALUES ('first', 'star.png')");
        // The hotfix.
        patient.edit("b8c9d4e5f6a7_leaderboard_rewards", "down_revision = \"79fa342a014c\"",
                "down_revision = \"update_mission_icon_size\"");
        return patient;
    }

    @Test
    void a_row_inserted_by_hand_overlaps_its_ancestor() throws Exception {
        Patient patient = missions("update_mission_icon_size");
        patient.sql("INSERT INTO alembic_version VALUES ('b8c9d4e5f6a7')");
        assertThat(patient.fail("alembic upgrade head")).contains("overlaps with other requested revisions");

        Diagnosed diagnosed = patient.doctor();
        assertThat(diagnosed.exitCode()).isEqualTo(1);
        assertThat(diagnosed.codes()).contains("overlapping-revisions");
        assertThat(diagnosed.message("overlapping-revisions")).contains("update_mission_icon_size", "b8c9d4e5f6a7");
        assertThat(diagnosed.candidates()).containsExactly(List.of("update_mission_icon_size"));
        assertThat(diagnosed.plan()).containsExactly(
                patient.alembic() + " stamp --purge update_mission_icon_size", patient.alembic() + " upgrade head");
        patient.recovers(diagnosed);
    }

    @Test
    void a_revision_got_another_parent_after_it_was_applied() throws Exception {
        Patient patient = missions("b8c9d4e5f6a7");
        // Alembic sees nothing wrong.
        assertThat(patient.type("alembic current")).contains("b8c9d4e5f6a7 (head)");

        Diagnosed diagnosed = patient.doctor();
        assertThat(diagnosed.exitCode()).isEqualTo(1);
        assertThat(diagnosed.codes()).containsExactly("schema-hole");
        assertThat(diagnosed.message("schema-hole")).contains("update_mission_icon_size", "icon");
        assertThat(diagnosed.candidates()).isEmpty();
        assertThat(diagnosed.plan()).singleElement().asString()
                .contains(" upgrade 79fa342a014c:update_mission_icon_size --sql");
        patient.recovers(diagnosed);
    }

    // Stamped ahead of the schema: "NoSuchTableError: users".

    @Test
    void an_empty_database_was_stamped() throws Exception {
        Patient patient = Patient.with(directory, "calls");
        patient.type("alembic stamp c7a3d9e12f8b");
        assertThat(patient.fail("alembic upgrade head")).contains("users");

        Diagnosed diagnosed = patient.doctor();
        assertThat(diagnosed.exitCode()).isEqualTo(1);
        assertThat(diagnosed.codes()).containsExactly("stamped-ahead-of-schema");
        assertThat(diagnosed.message("stamped-ahead-of-schema")).contains("c7a3d9e12f8b", "users");
        assertThat(diagnosed.candidates()).containsExactly(List.of());
        assertThat(diagnosed.plan()).containsExactly(
                patient.alembic() + " stamp base", patient.alembic() + " upgrade head");
        patient.recovers(diagnosed);
    }

    @Test
    void a_database_was_stamped_two_revisions_ahead_of_its_schema() throws Exception {
        Patient patient = Patient.with(directory, "calls");
        patient.type("alembic upgrade 9044ba1e3377");
        patient.sql("INSERT INTO users (name, created_at) VALUES ('Ada ', now()), ('Bo', now())",
                "INSERT INTO calls (started_at) VALUES (now())", "INSERT INTO participants VALUES (1, 1), (1, 2)");
        patient.type("alembic stamp c7a3d9e12f8b");

        Diagnosed diagnosed = patient.doctor();
        assertThat(diagnosed.exitCode()).isEqualTo(1);
        assertThat(diagnosed.codes()).containsExactly("stamped-ahead-of-schema");
        assertThat(diagnosed.message("stamped-ahead-of-schema")).contains("c7a3d9e12f8b", "9044ba1e3377", "call_stats",
                "fb958ba03c93");
        assertThat(diagnosed.candidates()).containsExactly(List.of("9044ba1e3377"));
        assertThat(diagnosed.plan()).containsExactly(
                patient.alembic() + " stamp 9044ba1e3377", patient.alembic() + " upgrade head");
        // A revision of this history trims names, so the names are not what has to stay.
        patient.sql("UPDATE users SET name = trim(name)");
        patient.recovers(diagnosed);
    }

    @Test
    void one_revision_in_the_middle_never_ran() throws Exception {
        Patient patient = Patient.with(directory, "calls");
        patient.type("alembic upgrade head");
        patient.sql("INSERT INTO users (name, created_at) VALUES ('Ada', now())", "DROP TABLE friend_links");

        Diagnosed diagnosed = patient.doctor();
        assertThat(diagnosed.exitCode()).isEqualTo(1);
        assertThat(diagnosed.codes()).containsExactly("schema-hole");
        assertThat(diagnosed.message("schema-hole")).contains("e5f6a7b8c9d0", "friend_links");
        assertThat(diagnosed.candidates()).isEmpty();
        assertThat(diagnosed.plan()).noneMatch(step -> step.contains(" stamp ")).singleElement().asString()
                .contains(" upgrade d1e2f3a4b5c6:e5f6a7b8c9d0 --sql");
        patient.recovers(diagnosed);
    }

    @Test
    void the_last_two_revisions_change_data_only() throws Exception {
        Patient patient = Patient.with(directory, "calls");
        patient.type("alembic upgrade head");
        Diagnosed diagnosed = patient.doctor();
        assertThat(diagnosed.codes()).isEmpty();
        assertThat(diagnosed.exitCode()).isZero();
        assertThat(diagnosed.candidates()).containsExactly(
                List.of("f1a2b3c4d5e6"), List.of("a1b2c3d4e5f6"), List.of("g1h2i3j4k5l6"));
    }
}
