package dev.migrationledger.agent.inference.replay;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migrationledger.agent.database.capture.CapturedChange;
import dev.migrationledger.agent.database.capture.CapturedChange.Operation;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class StatementOriginTest {

    @Test
    void what_alembic_sends_is_recognised_in_every_spelling_that_it_has() {
        for (String statement : List.of(
                "UPDATE alembic_version SET version_num='b' WHERE alembic_version.version_num = 'a'",
                "UPDATE alembic_version SET version_num='b' WHERE alembic_version.version_num = 'a';\n",
                "UPDATE public.alembic_version SET version_num='b' WHERE public.alembic_version.version_num = 'a'",
                "UPDATE \"alembic_version\" SET version_num='b' WHERE \"alembic_version\".version_num = 'a'",
                "/* from 'x' */ UPDATE alembic_version SET version_num='b' WHERE alembic_version.version_num = 'a' -- y",
                "BEGIN;\nCREATE FUNCTION f() RETURNS int AS $f$ SELECT ';'; $f$ LANGUAGE sql;\n-- Running upgrade a -> b\nUPDATE alembic_version SET version_num='b' WHERE alembic_version.version_num = 'a';\nCOMMIT;")) {
            assertThat(update(statement)).as(statement).isEqualTo(StatementOrigin.STEP);
        }
        assertThat(form(Operation.INSERT, null, "a", "INSERT INTO alembic_version (version_num) VALUES ('a')"))
                .isEqualTo(StatementOrigin.STEP);
        assertThat(form(Operation.INSERT, null, "a",
                "INSERT INTO alembic_version (version_num) VALUES ('a') RETURNING alembic_version.version_num"))
                .isEqualTo(StatementOrigin.STEP);
        assertThat(form(Operation.DELETE, "a", null,
                "DELETE FROM alembic_version WHERE alembic_version.version_num = 'a'")).isEqualTo(StatementOrigin.STEP);
        assertThat(form(Operation.DELETE, "a", null, "DELETE FROM alembic_version")).isEqualTo(StatementOrigin.PURGE);
    }

    @Test
    void every_other_statement_has_another_origin() {
        for (String statement : List.of(
                "update alembic_version set version_num='b' where alembic_version.version_num = 'a'",
                "UPDATE alembic_version SET version_num='b'",
                "UPDATE alembic_version SET version_num='b' WHERE version_num = 'a'",
                "UPDATE alembic_version SET version_num='c' WHERE alembic_version.version_num = 'a'",
                "UPDATE other SET version_num='b' WHERE other.version_num = 'a'",
                "UPDATE alembic_version SET version_num='b' WHERE alembic_version.version_num = 'a' RETURNING *",
                "DO $$ BEGIN UPDATE alembic_version SET version_num='b' WHERE alembic_version.version_num = 'a'; END $$",
                "SELECT 'UPDATE alembic_version SET version_num=''b'' WHERE alembic_version.version_num = ''a''', f()",
                "-- UPDATE alembic_version SET version_num='b' WHERE alembic_version.version_num = 'a'\nSELECT f()",
                "EXECUTE move($1)", "'", "$", "/*", "\"")) {
            assertThat(update(statement)).as(statement).isEqualTo(StatementOrigin.FOREIGN);
        }
        assertThat(form(Operation.INSERT, null, "a", "COPY public.alembic_version (version_num) FROM stdin;"))
                .isEqualTo(StatementOrigin.FOREIGN);
        assertThat(form(Operation.DELETE, "a", null, "DELETE FROM alembic_version WHERE true"))
                .isEqualTo(StatementOrigin.FOREIGN);
        assertThat(form(Operation.UPDATE, "a", "b", "DELETE FROM alembic_version")).isEqualTo(StatementOrigin.FOREIGN);
    }

    @Test
    void a_statement_that_was_cut_off_or_not_seen_proves_nothing() {
        assertThat(update(null)).isEqualTo(StatementOrigin.UNKNOWN);
        assertThat(update("CREATE TABLE t (" + "x".repeat(1_984) + "…")).isEqualTo(StatementOrigin.UNKNOWN);
    }

    private static StatementOrigin update(@Nullable String statement) {
        return form(Operation.UPDATE, "a", "b", statement);
    }

    private static StatementOrigin form(
            Operation operation, @Nullable String before,
            @Nullable String after, @Nullable String statement) {
        CapturedChange change = new CapturedLog().add(operation, before, after, statement).changes.getFirst();
        return StatementOrigin.of(change, CapturedLog.TABLE);
    }
}
