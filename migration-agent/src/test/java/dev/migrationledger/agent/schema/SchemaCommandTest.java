package dev.migrationledger.agent.schema;

import static dev.migrationledger.testsupport.postgresql.TestServer.run;
import static org.assertj.core.api.Assertions.assertThat;

import dev.migrationledger.agent.Main;
import dev.migrationledger.testsupport.postgresql.TestServer;
import dev.migrationledger.testsupport.postgresql.TestServers;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class SchemaCommandTest {

    private static final String CREATE = "CREATE TABLE users (id integer PRIMARY KEY, name text DEFAULT 'x')";

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private final String left = TestServer.newDatabase();

    @Test
    void a_schema_is_shown_in_canonical_form_with_its_fingerprint_and_without_the_version_table() {
        run(left, CREATE, "CREATE TABLE alembic_version (version_num text)");

        assertThat(schema("--database", TestServer.url(left))).isZero();
        assertThat(out.toString().lines()).hasSize(7).contains(
                "  schema             public",
                "  table              public.users  TABLE",
                "  column             public.users.id  integer NOT NULL",
                "  column             public.users.name  text DEFAULT 'x'::text",
                "  constraint         public.users.users_pkey  PRIMARY KEY (id)")
                .last().asString().matches("fingerprint [0-9a-f]{64}");
    }

    @Test
    void two_databases_of_any_versions_are_compared_object_by_object() {
        run(left, CREATE);
        TestServers older = TestServers.version(13);
        String right = older.newDatabase();
        older.run(right, CREATE);
        assertThat(schema("--database", TestServer.url(left), "--compare", older.url(right))).isZero();
        assertThat(out.toString()).contains("equal");

        older.run(right, "ALTER TABLE users DROP name, ALTER id TYPE bigint, ADD mail text");
        assertThat(schema("--database", TestServer.url(left), "--compare", older.url(right))).isEqualTo(1);
        assertThat(out.toString()).contains(
                "different: 3 objects",
                "- column             public.users.name  text DEFAULT 'x'::text",
                "~ column             public.users.id  integer NOT NULL  ->  bigint NOT NULL",
                "+ column             public.users.mail  text").doesNotContain("cr@t");
    }

    @Test
    void json_has_every_object_with_its_definition() {
        run(left, CREATE);

        assertThat(schema("--database", TestServer.url(left), "--schema", "public", "--output", "json")).isZero();
        assertThat(out.toString()).contains("\"fingerprint\"", "\"kind\" : \"column\"",
                "\"type\" : \"integer\"", "\"nullable\" : false");
    }

    @Test
    void a_schema_that_is_nowhere_is_wrong_usage_and_a_database_out_of_reach_is_no_answer() {
        assertThat(schema("--database", TestServer.url(left), "--schema", "nowhere")).isEqualTo(2);
        assertThat(err.toString()).contains("no schema 'nowhere'");
        assertThat(schema("--database", TestServer.url(left), "--compare", "postgresql://watcher:s3cret@127.0.0.1:1/x"))
                .isEqualTo(3);
        assertThat(err.toString()).contains("No PostgreSQL server answers").doesNotContain("s3cret");
    }

    private int schema(String... arguments) {
        List<String> all = new ArrayList<>(List.of("schema"));
        all.addAll(List.of(arguments));
        out.getBuffer().setLength(0);
        return Main.commandLineFor("schema").setOut(new PrintWriter(out)).setErr(new PrintWriter(err))
                .execute(all.toArray(String[]::new));
    }
}
