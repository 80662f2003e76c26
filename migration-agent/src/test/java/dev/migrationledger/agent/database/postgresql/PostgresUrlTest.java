package dev.migrationledger.agent.database.postgresql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.migrationledger.agent.Main;
import dev.migrationledger.agent.cli.CommandFailure;
import dev.migrationledger.agent.database.VersionTableName;
import dev.migrationledger.agent.database.option.DatabaseOptions;
import dev.migrationledger.agent.tool.DatabaseTarget;
import dev.migrationledger.agent.tool.Setting;
import dev.migrationledger.testsupport.machine.ProcessOutput;
import dev.migrationledger.testsupport.postgresql.TestServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

class PostgresUrlTest {

    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            postgresql://anna:s3cret@db.example:5433/navbot                | db.example:5433 | navbot | anna | s3cret
            postgres://anna:s3cret@db.example/navbot                       | db.example:5432 | navbot | anna | s3cret
            postgresql+asyncpg://anna:s3%40cr%2Fet+@db/navbot              | db:5432         | navbot | anna | s3@cr/et+
            postgresql+psycopg2://anna:s/cr:et@db/navbot?sslmode=require   | db:5432         | navbot | anna | s/cr:et
            postgresql+psycopg://an%20na:x@[::1]:6000/navbot               | [::1]:6000      | navbot | an na | x
            postgresql://anna:x@/navbot?host=one:1,two:2                   | one:1,two:2     | navbot | anna | x
            postgresql://anna:x@/navbot?host=db&port=99                    | db:99           | navbot | anna | x
            jdbc:postgresql://db:99/nav%20bot?user=anna&password=s3%26cret | db:99           | nav bot | anna | s3&cret
            jdbc:postgresql://a:1,b:2/navbot?user=anna&password=x          | a:1,b:2         | navbot | anna | x
            jdbc:postgresql:navbot?user=anna&password=x                    | localhost:5432  | navbot | anna | x
            """)
    void both_forms_name_server_database_user_and_password(
            String text, String hosts, String database, String user, String password) {
        PostgresUrl url = PostgresUrl.parse(text, "--database", Map.of());

        assertThat(url.hosts()).isEqualTo(hosts);
        assertThat(url.database()).isEqualTo(database);
        assertThat(url.user()).isEqualTo(user);
        assertThat(url.password()).isEqualTo(password);
        if (password.length() > 1) {
            assertThat(url.toString()).doesNotContain(password);
        }
    }

    @Test
    void options_travel_in_the_drivers_own_words() {
        assertThat(PostgresUrl.parse(
                "postgresql://a@db/x?sslmode=verify-full&target_session_attrs=read-write&connect_timeout=99&application_name=me&options=-csearch_path%3Dapp",
                "--database",
                Map.of()).options())
                .containsExactlyInAnyOrderEntriesOf(
                        Map.of("sslmode", "verify-full", "targetServerType", "primary", "options",
                                "-csearch_path=app"));
        assertThat(PostgresUrl.parse("postgresql+asyncpg://a@db/x?ssl=true", "--database", Map.of()).options())
                .containsEntry("sslmode", "require");
    }

    @Test
    void what_the_url_leaves_out_comes_from_the_environment() {
        PostgresUrl url = PostgresUrl.parse(
                "postgresql://db/navbot", "--database", Map.of("PGUSER", "anna", "PGPASSWORD", "s3cret"));

        assertThat(url.user()).isEqualTo("anna");
        assertThat(url.password()).isEqualTo("s3cret");
        assertThat(url).hasToString("postgresql://anna@db:5432/navbot");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            postgresql:///                                      | one:1      | pgdb   | pguser | pgword
            postgresql://two/x                                  | two:1      | x      | pguser | pgword
            postgresql://me:mine@two:2/x                        | two:2      | x      | me     | mine
            postgresql://me:@two:2/x                            | two:2      | x      | me     | ''
            postgresql+psycopg:///x?host=/srv/pg                | /srv/pg/.s.PGSQL.1 | x | pguser | pgword
            postgresql:///?service=shop                         | shop.example:7 | shop | keeper | pgword
            postgresql://me@/x?service=shop&port=8              | shop.example:8 | x | me | pgword
            """)
    void variables_and_services_of_libpq_fill_in_what_is_left_out(
            String text, String hosts, String database, String user, String password) throws IOException {
        Path services = Files.writeString(folder.resolve("services.conf"),
                "# ours\n[other]\nhost=no\n\n[shop]\nhost=shop.example\nport=7\ndbname=shop\nuser=keeper\nsslmode=require\n");
        PostgresUrl url = PostgresUrl.parse(text, "--database", Map.of(
                "PGHOST", "one", "PGPORT", "1", "PGDATABASE", "pgdb", "PGUSER", "pguser", "PGPASSWORD", "pgword",
                "PGOPTIONS", "-csearch_path=app", "PGSERVICEFILE", services.toString()));

        assertThat(url.hosts()).isEqualTo(hosts);
        assertThat(url.database()).isEqualTo(database);
        assertThat(url.user()).isEqualTo(user);
        assertThat(url.password()).isEqualTo(password);
        assertThat(url.options()).containsEntry("options", "-csearch_path=app");
        if (text.contains("service")) {
            assertThat(url.options()).containsEntry("sslmode", "require");
        }
    }

    @Test
    void a_unix_socket_is_as_good_as_a_host() throws Exception {
        letInBySocket();
        String url = "postgresql://postgres@/postgres?host=/tmp&port=" + TestServer.port();
        try (Connection open = PostgresUrl.parse(url, "--database", Map.of()).connect(10);
                Statement statement = open.createStatement();
                ResultSet row = statement.executeQuery("SELECT inet_client_addr() IS NULL, repeat('x', 1000000)")) {
            row.next();
            assertThat(row.getBoolean(1)).isTrue();
            assertThat(row.getString(2)).hasSize(1_000_000);
            statement.setQueryTimeout(1);
            assertThatThrownBy(() -> statement.execute("SELECT pg_sleep(5)")).hasMessageContaining("cancel");
        }
        assertThatThrownBy(() -> PostgresUrl.parse(
                "postgresql://postgres@/postgres?host=/tmp&port=1", "--database", Map.of()).connect(10))
                .isInstanceOf(SQLException.class);
    }

    /** A variable of the environment, so in a process of its own. */
    @Test
    void a_password_comes_from_the_file_that_pgpassfile_names() throws Exception {
        String database = TestServer.newDatabase();
        Path passwords = Files.writeString(folder.resolve("passwords"),
                "127.0.0.1:%d:%s:watcher:se\\:cr@t/%%\n".formatted(TestServer.port(), database));
        Files.setPosixFilePermissions(passwords, PosixFilePermissions.fromString("rw-------"));

        assertThat(schema(database, Map.of("PGPASSFILE", passwords.toString()))).startsWith("0 ");
        assertThat(schema(database, Map.of("PGPASSFILE", folder.resolve("none").toString()))).startsWith("3 ");
    }

    private static String schema(String database, Map<String, String> variables) throws Exception {
        ProcessBuilder builder = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-cp",
                System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                Main.class.getName(), "schema", "--database",
                "postgresql://watcher@127.0.0.1:%d/%s".formatted(TestServer.port(), database));
        builder.environment().keySet().removeIf(name -> name.startsWith("PG"));
        builder.environment().putAll(variables);
        ProcessOutput output = ProcessOutput.of(builder);
        return output.exitCode() + " " + output.text();
    }

    private static void letInBySocket() throws Exception {
        String tcp = "postgresql://postgres@127.0.0.1:%d/postgres".formatted(TestServer.port());
        try (Connection open = PostgresUrl.parse(tcp, "--database", Map.of()).connect(10);
                Statement statement = open.createStatement()) {
            try (ResultSet row = statement.executeQuery("SHOW hba_file")) {
                row.next();
                Files.writeString(Path.of(row.getString(1)), "\nlocal all all trust\n", StandardOpenOption.APPEND);
            }
            statement.execute("SELECT pg_reload_conf()");
            Thread.sleep(500);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "mysql://anna:s3cret@db/navbot",
        "anna:s3cret@db/navbot",
        "sqlite:///s3cret.db",
        "jdbc:mysql://db/navbot?password=s3cret",
        "jdbc:postgresql://anna:s3cret@db/navbot",
        "postgresql://anna:s3cret@db:port/navbot",
        "postgresql://anna:s3cret@db:99999/navbot",
        "postgresql://anna:s3cret%zz@db/navbot",
        "postgresql://anna:s3cret@x@db/navbot:1",
        "postgresql://anna:p@s3cret/s3cret@db:5432/navbot",
        "postgresql://anna:s3cret@/navbot?host=@abstract",
        "postgresql://anna:s3cret@/navbot?service=nowhere",
        "s3cret"
    })
    void a_wrong_form_is_one_sentence_without_the_password(String text) {
        assertThatThrownBy(() -> PostgresUrl.parse(text, "sqlalchemy.url", Map.of()))
                .isInstanceOfSatisfying(
                        CommandFailure.class, failure -> assertThat(failure.exitCode()).isEqualTo(2))
                .message()
                .contains("sqlalchemy.url")
                .doesNotContain("s3cret")
                .doesNotContain("\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "postgresql://anna@db/navbot?sslmode=s3cret",
        "postgresql://anna@db/navbot?sslmode=",
        "jdbc:postgresql://db/navbot?sslmode=s3cret",
        "jdbc:postgresql://db/navbot?sslnegotiation=s3cret",
        "postgresql://anna@db/navbot?channel_binding=s3cret",
        "postgresql://anna@db/navbot?gssencmode=s3cret",
        "jdbc:postgresql://db/navbot?targetServerType=s3cret"
    })
    void a_word_that_an_option_does_not_know_is_not_repeated(String text) {
        assertThatThrownBy(() -> PostgresUrl.parse(text, "sqlalchemy.url", Map.of()))
                .isInstanceOfSatisfying(
                        CommandFailure.class, failure -> assertThat(failure.exitCode()).isEqualTo(2))
                .message()
                .contains("write one of: ")
                .doesNotContain("s3cret");
    }

    @Test
    void the_option_comes_before_the_configuration_and_that_before_the_environment() {
        Map<String, String> environment = Map.of("DATABASE_URL", "postgresql://env/x");
        DatabaseTarget configured = DatabaseTarget.of("postgresql://ini/x", "ini", "versions", "app");
        DatabaseOptions given = new DatabaseOptions(environment);
        DatabaseOptions nothing = new DatabaseOptions(environment);
        CommandLine.populateCommand(given, "--database", "postgresql://option/x", "--version-table", "v");

        assertThat(given.url(configured)).asString().contains("@option:5432/");
        assertThat(given.versionTable(configured))
                .isEqualTo(new VersionTableName("app", "v", "app.versions", null));
        assertThat(nothing.url(configured)).asString().contains("@ini:5432/");
        assertThat(nothing.versionTable(DatabaseTarget.UNKNOWN)).hasToString("alembic_version");
        assertThat(nothing.url(DatabaseTarget.UNKNOWN)).asString().contains("@env:5432/");
        assertThatThrownBy(() -> new DatabaseOptions(Map.of()).url(DatabaseTarget.UNKNOWN))
                .hasMessageContaining("--database URL");
    }

    /** Only what is certain may say that the tool writes another table than the one that was named. */
    @Test
    void the_table_that_the_tool_writes_is_known_where_nothing_computes_it() {
        Setting unset = Setting.Unset.UNSET;
        Setting computed = new Setting.Computed("env.py:3");
        assertThat(written(unset, unset, unset, true, "postgresql://me@db/x"))
                .isEqualTo(new VersionTableName(null, "alembic_version"));
        assertThat(written(Setting.of("v"), Setting.of("ops"), computed, false, "postgresql://me@db/x"))
                .isEqualTo(new VersionTableName("ops", "v"));
        assertThat(written(unset, unset, unset, false, "postgresql://me@db/x")).isNull();
        assertThat(written(computed, unset, unset, true, "postgresql://me@db/x")).isNull();
        assertThat(written(unset, computed, unset, true, "postgresql://me@db/x")).isNull();
        assertThat(written(unset, unset, computed, true, "postgresql://me@db/x")).isNull();
        // Another role may have another search path.
        assertThat(written(unset, unset, unset, true, "postgresql://owner@db/x")).isNull();
        assertThat(written(unset, Setting.of("ops"), unset, true, "postgresql://owner@db/x"))
                .isEqualTo(new VersionTableName("ops", "alembic_version"));
    }

    private static @Nullable VersionTableName written(
            Setting table, Setting schema, Setting path, boolean complete, String url) {
        DatabaseOptions options = new DatabaseOptions(Map.of());
        CommandLine.populateCommand(options, "--database", "postgresql://me@db/x", "--version-table-schema", "s");
        return options.versionTableChoice(new DatabaseTarget(Setting.of(url), "ini", null, table, schema, path, null,
                complete, false)).configured();
    }
}
