package dev.migrationledger.agent.database.postgresql.capture;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migrationledger.agent.database.capture.LoggedChanges;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** No string of a statement is kept but the two versions: any other may be a secret. */
class RedactionTest {

    private static final String SECRET = "s3cr3t";

    private static final String STEP = "UPDATE alembic_version SET version_num='b' WHERE alembic_version.version_num = 'a'";

    private static final List<String> WITH_SECRETS = List.of(
            "ALTER ROLE shop PASSWORD 's3cr3t'",
            "CREATE USER MAPPING FOR shop SERVER far OPTIONS (user 'a', password 's3cr3t')",
            "CREATE SUBSCRIPTION s CONNECTION 'host=far password=s3cr3t' PUBLICATION p",
            "SELECT * FROM dblink('host=far password=s3cr3t', 'SELECT 1') AS t (a int)",
            "COPY t FROM PROGRAM 'curl -u me:s3cr3t https://far'",
            "ALTER ROLE shop PASSWORD E'it\\'s s3cr3t'", "ALTER ROLE shop PASSWORD e'\\\\' 's3cr3t'",
            "ALTER ROLE shop PASSWORD 'it''s s3cr3t'", "SELECT U&'s3cr3t', N's3cr3t', B's3cr3t'",
            "DO $$ BEGIN PERFORM set_config('a.b', 's3cr3t', false); END $$", "SELECT $a$s3cr3t $b$ s3cr3t$a$",
            "-- don't tell s3cr3t\nSELECT 1", "/* /* ' */ s3cr3t */ SELECT 1", "/* s3cr3t", "SELECT 's3cr3t",
            "SELECT $$s3cr3t",
            "SELECT E's3cr3t\\", "SELECT \"it's\", 's3cr3t'", "SELECT 1 - 2, 3/4, '/*', 's3cr3t', '*/'",
            "SELECT a$b$, 's3cr3t$b$'",
            "SELECT ''''||'s3cr3t'", "SELECT 'a''s3cr3t''b'");

    @ParameterizedTest
    @ValueSource(ints = {13, 15, 18})
    void no_secret_of_a_statement_is_kept(int version) throws Exception {
        try (Sandbox database = Sandbox.on(version)) {
            database.install();
            for (String statement : WITH_SECRETS) {
                assertThat(redacted(database, statement + ";\n" + STEP)).as(statement).doesNotContain(SECRET)
                        .contains(" /* redacted ");
            }
            database.run("SET standard_conforming_strings = off");
            for (String statement : List.of("ALTER ROLE shop PASSWORD 'it\\'s s3cr3t'",
                    "ALTER ROLE shop PASSWORD 's3cr3t'")) {
                assertThat(redacted(database, statement)).doesNotContain(SECRET);
            }
        }
    }

    /** Strings of every kind, with a secret in each and all that could end them too early or too late. */
    @Test
    void no_secret_is_kept_in_any_position() throws Exception {
        Random random = new Random(20_261_127);
        List<String> insides = List.of(SECRET, "--", "/*", "*/", "\"", "$", "$$", "$a$", " ", "''", "\n", ";", "e", "E",
                "b");
        try (Sandbox database = Sandbox.on(18)) {
            database.install();
            for (int round = 0; round < 400; round++) {
                StringBuilder statement = new StringBuilder("SELECT 1 ");
                for (int part = 0; part < 4; part++) {
                    StringBuilder inside = new StringBuilder(SECRET);
                    for (int i = 0; i < 5; i++) {
                        inside.append(insides.get(random.nextInt(insides.size())));
                    }
                    String text = inside.toString();
                    statement.append(", ").append(switch (random.nextInt(6)) {
                        case 0 -> "'" + text + "'";
                        case 1 -> "E'" + text.replace("''", "\\'\\\\") + "'";
                        case 2 -> "$q$" + text + "$q$";
                        case 3 -> "1 -- " + text.replace("\n", "") + "\n";
                        case 4 -> "1 /* " + text.replace("*/", "").replace("/*", "/* */") + " */";
                        default -> "\"it''s " + random.nextInt(9) + "\"";
                    });
                }
                assertThat(redacted(database, statement.toString())).as(statement.toString()).doesNotContain(SECRET);
            }
        }
    }

    @Test
    void what_alembic_sends_is_kept_as_it_is_and_equal_statements_have_equal_marks() throws Exception {
        try (Sandbox database = Sandbox.on(18)) {
            database.install();
            assertThat(redacted(database, STEP)).isEqualTo(STEP);
            String one = redacted(database, "ALTER ROLE shop PASSWORD 's3cr3t'; " + STEP);
            assertThat(one)
                    .matches("ALTER ROLE shop PASSWORD '\\*\\*\\*'; UPDATE .* = 'a' /\\* redacted [0-9a-f]{16} \\*/")
                    .isEqualTo(redacted(database, "ALTER ROLE shop PASSWORD 's3cr3t'; " + STEP))
                    .isNotEqualTo(redacted(database, "ALTER ROLE shop PASSWORD 's3cr4t'; " + STEP));
            try (Sandbox other = Sandbox.on(18)) {
                other.install();
                assertThat(redacted(other, "ALTER ROLE shop PASSWORD 's3cr3t'; " + STEP)).isNotEqualTo(one);
            }
            String longer = STEP + "; SELECT " + "1,".repeat(5000);
            assertThat(redacted(database, longer)).startsWith(STEP).endsWith("…").hasSizeLessThanOrEqualTo(2000);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {13, 15, 18})
    void nothing_of_it_reaches_the_log_by_the_triggers(int version) throws Exception {
        try (Sandbox database = Sandbox.on(version).asSuperuser();
                Connection simple = DriverManager.getConnection(
                        "jdbc:postgresql://127.0.0.1:%d/%s?user=postgres&preferQueryMode=simple".formatted(
                                database.server().port(), database.name()))) {
            database.install();
            Sandbox.run(simple, "CREATE TABLE t (a text DEFAULT 's3cr3t'); INSERT INTO alembic_version VALUES ('a'); "
                    + "COMMENT ON TABLE t IS 's3cr3t'; " + STEP);
            assertThat(database.number(
                    "SELECT count(*) FROM migration_ledger.change WHERE statement LIKE '%version_num=''b'' WHERE%'"))
                    .isEqualTo(1);
            assertThat(database.number("SELECT count(*) FROM migration_ledger.touched")).isEqualTo(2);
            assertThat(database.number("""
                    SELECT count(*) FROM migration_ledger.change c FULL JOIN migration_ledger.touched t ON false
                    WHERE concat(c::text, t::text) LIKE '%s3cr3t%'""")).isZero();
        }
    }

    @Test
    void readers_cannot_read_the_key_and_an_upgrade_redacts_what_was_kept() throws Exception {
        try (Sandbox database = Sandbox.on(18)) {
            String reader = database.server().newRole();
            database.install();
            database.installed(List.of(reader));
            database.run("INSERT INTO alembic_version VALUES ('a')",
                    "UPDATE migration_ledger.change SET statement = 'ALTER ROLE shop PASSWORD ''s3cr3t'''",
                    "COMMENT ON SCHEMA migration_ledger IS 'Migration Ledger capture, version 1. Old.'");
            database.install();
            assertThat(database.number("SELECT count(*) FROM migration_ledger.change WHERE statement LIKE '%***%'"))
                    .isEqualTo(1);
            assertThat(database.number(
                    "SELECT has_table_privilege('" + reader + "', 'migration_ledger.digest_key', 'SELECT')::int"))
                    .isZero();
            try (Connection reading = database.server().as(reader, database.name())) {
                assertThat(Sandbox.readLog(reading, null)).isInstanceOf(LoggedChanges.Read.class);
            }
        }
    }

    private static @Nullable String redacted(Sandbox database, String statement) throws SQLException {
        try (PreparedStatement call = database.session()
                .prepareStatement("SELECT migration_ledger.redacted(?, 'a', 'b')")) {
            call.setString(1, statement);
            try (ResultSet row = call.executeQuery()) {
                row.next();
                return row.getString(1);
            }
        }
    }
}
