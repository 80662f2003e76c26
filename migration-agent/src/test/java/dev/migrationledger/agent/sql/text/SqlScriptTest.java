package dev.migrationledger.agent.sql.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class SqlScriptTest {

    @Test
    void semicolons_end_statements() {
        assertThat(statements("SELECT 1; ;\n-- nothing; here\nSELECT 2 /* nor /* ; */ ; */ ;"))
                .containsExactly("SELECT 1", "SELECT 2 /* nor /* ; */ ; */");
    }

    @Test
    void semicolons_in_strings_and_names_end_nothing() {
        assertThat(statements("SELECT 'a;''b', E'\\';', \"c;d\"; DO $x$ a; $$ ; $x$; SELECT $1"))
                .containsExactly("SELECT 'a;''b', E'\\';', \"c;d\"", "DO $x$ a; $$ ; $x$", "SELECT $1");
    }

    @Test
    void semicolons_in_a_body_that_is_no_string_end_nothing() {
        assertThat(statements("""
                CREATE FUNCTION f() RETURNS int LANGUAGE sql
                BEGIN ATOMIC SELECT CASE WHEN true THEN 1 END; SELECT 2; END;
                CREATE RULE r AS ON INSERT TO t DO (SELECT 1; SELECT 2);
                SELECT 3""")).hasSize(3).last().isEqualTo("SELECT 3");
    }

    @Test
    void rows_and_commands_of_psql_are_left_out() {
        assertThat(statements("""
                \\connect app
                COPY t (a) FROM stdin;
                it's a row; of data
                \\.
                SELECT 1;
                \\unrestrict abc
                """)).containsExactly("COPY t (a) FROM stdin", "SELECT 1");
    }

    @Test
    void what_is_never_closed_goes_to_the_end() {
        assertThat(statements("SELECT 'a; b")).containsExactly("SELECT 'a; b");
        assertThat(statements("SELECT $x$ a; b")).containsExactly("SELECT $x$ a; b");
        assertThat(statements("SELECT (1; SELECT 2")).containsExactly("SELECT (1; SELECT 2");
    }

    @Test
    void a_statement_says_at_which_line_it_begins() {
        assertThat(
                SqlScript.statements("\n\nSELECT 1;\n-- then\nSELECT\n2; SELECT 3;").stream().map(SqlScript.Part::line))
                .containsExactly(3, 5, 6);
    }

    private static List<String> statements(String sql) {
        return SqlScript.statements(sql).stream().map(SqlScript.Part::text).toList();
    }
}
