package dev.migrationledger.agent.merge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.migrationledger.agent.Main;
import dev.migrationledger.agent.cli.CommandFailure;
import dev.migrationledger.agent.send.TestLedger.Canned;
import dev.migrationledger.agent.send.TestLedger;
import dev.migrationledger.agent.tool.ConfigRequest;
import dev.migrationledger.agent.tool.History;
import dev.migrationledger.agent.tool.MigrationTools;
import dev.migrationledger.agent.tool.ScriptsOptions;
import dev.migrationledger.contracts.merge.MergeContent;
import dev.migrationledger.contracts.merge.MergeEnvironment;
import dev.migrationledger.contracts.merge.MergeProposal.Status;
import dev.migrationledger.contracts.merge.MergeProposal;
import dev.migrationledger.contracts.merge.MergeRehearsal.Run;
import dev.migrationledger.contracts.merge.MergeRehearsal;
import dev.migrationledger.contracts.merge.MergeWay;
import dev.migrationledger.contracts.wire.ContractJson;
import dev.migrationledger.core.merge.MergeContents;
import dev.migrationledger.core.situation.Observations.ScriptsSeen;
import dev.migrationledger.testsupport.alembic.Python;
import dev.migrationledger.testsupport.alembic.QuickAlembic;
import dev.migrationledger.testsupport.postgresql.TestServers;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;
import tools.jackson.databind.JsonNode;

/** Merges that are run by a real Alembic on real servers. */
class RehearseMergeTest {

    private static final UUID ID = new UUID(0, 7);
    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private TestServers server = TestServers.version(18);
    private String python = "";
    private String maintenance = "";

    @TempDir
    Path project;

    @BeforeEach
    void a_project() throws IOException {
        python = Python.withAlembic().interpreter();
        maintenance = server.newDatabase();
        Files.createDirectories(project.resolve("migrations/versions"));
        Files.createDirectories(project.resolve("shop"));
        Files.writeString(project.resolve("shop/__init__.py"), "TABLE = 'orders'\n");
        Files.writeString(project.resolve("alembic.ini"),
                "[alembic]\nscript_location = migrations\nprepend_sys_path = .\n");
        Files.writeString(project.resolve("migrations/script.py.mako"), """
                revision = ${repr(up_revision)}
                down_revision = ${repr(down_revision)}

                def upgrade():
                    ${upgrades if upgrades else "pass"}
                """);
        env("os.environ['DATABASE_URL']");
        revision("a", null, "op.create_table(shop.TABLE, sa.Column('id', sa.Integer(), primary_key=True),"
                + " sa.Column('amount', sa.Integer()))");
    }

    static List<Integer> versions() {
        return TestServers.VERSIONS;
    }

    @ParameterizedTest
    @MethodSource("versions")
    void sides_that_do_not_touch_each_other_end_with_the_same_schema_in_every_order(int version) throws Exception {
        server = TestServers.version(version);
        maintenance = server.newDatabase();
        revision("b", "a", "op.add_column('orders', sa.Column('note', sa.Text()))");
        revision("c", "a", "op.add_column('orders', sa.Column('paid', sa.Boolean()))");
        assertThat(rehearse()).as(shown()).isZero();
        assertThat(out.toString()).startsWith("""
                All 3 ways to one head succeed and end with the same schema.

                ok         b, c, (merge)
                ok         c, b, (merge)
                ok         (merge) at once

                Rows were not compared.
                Alembic\s""").contains(", PostgreSQL " + version);
        assertNothingIsLeft();
        try (Stream<Path> files = Files.walk(project)) {
            assertThat(files.filter(Files::isRegularFile).map(file -> project.relativize(file).toString()))
                    .as("the project is as it was").containsExactlyInAnyOrder("alembic.ini", "migrations/env.py",
                            "migrations/script.py.mako", "migrations/versions/a.py", "migrations/versions/b.py",
                            "migrations/versions/c.py", "shop/__init__.py");
        }
    }

    @Test
    void where_the_order_decides_a_type_the_objects_are_named() throws Exception {
        revision("b", "a", "op.alter_column('orders', 'amount', type_=sa.BigInteger())");
        revision("c", "a", "op.alter_column('orders', 'amount', type_=sa.Numeric())");
        assertThat(rehearse("--output", "json")).isEqualTo(1);
        MergeRehearsal rehearsal = report();
        assertThat(rehearsal.succeeded()).isFalse();
        assertThat(rehearsal.runs()).extracting(Run::stops, run -> run.differences().size())
                .contains(tuple(List.of("b", "c", "(merge)"), 0), tuple(List.of("c", "b", "(merge)"), 1));
        assertThat(rehearse()).isEqualTo(1);
        assertThat(out.toString()).contains("different  c, b, (merge)",
                "column public.orders.amount is 'bigint' here, and 'numeric' after the first way");
    }

    @Test
    void a_side_that_needs_what_the_other_renames_fails_in_one_order() throws Exception {
        revision("b", "a", "op.alter_column('orders', 'amount', new_column_name='total')");
        revision("c", "a", "op.execute('CREATE INDEX by_amount ON orders (amount)')");
        assertThat(rehearse("--output", "json")).isEqualTo(1);
        Run failed = report().runs().getFirst();
        assertThat(failed.stops()).containsExactly("b", "c", "(merge)");
        assertThat(failed.failure()).isNotNull().satisfies(failure -> {
            assertThat(failure.revision()).isEqualTo("c");
            assertThat(failure.stop()).isEqualTo("c");
            assertThat(failure.error()).contains("UndefinedColumn", "column \"amount\" does not exist");
        });
        assertNothingIsLeft();
    }

    @Test
    void a_migration_that_fails_wherever_it_runs_fails_every_way() throws Exception {
        revision("b", "a", "op.execute('SELECT 1/0')");
        revision("c", "a", "pass");
        assertThat(rehearse()).isEqualTo(1);
        assertThat(out.toString()).startsWith("3 of 3 ways to one head fail.").contains("failed     c, b, (merge)",
                "b: sqlalchemy.exc.DataError: (psycopg2.errors.DivisionByZero) division by zero");
        assertNothingIsLeft();
    }

    @Test
    void a_history_that_builds_no_database_cannot_be_rehearsed() throws Exception {
        revision("a", null, "op.add_column('nowhere', sa.Column('x', sa.Integer()))");
        revision("b", "a", "pass");
        revision("c", "a", "pass");
        assertThat(rehearse()).isEqualTo(3);
        assertThat(err.toString()).contains("The scripts do not build an empty database up to a, where the sides part.",
                "a: sqlalchemy.exc.ProgrammingError", "relation \"nowhere\" does not exist");
        assertNothingIsLeft();
    }

    @Test
    void a_merge_that_is_written_is_run_as_it_is() throws Exception {
        two_sides();
        revision("m", "b', 'c", "op.execute('SELECT nothing')");
        assertThat(rehearse()).isEqualTo(1);
        assertThat(out.toString()).contains("failed     b, c, m", "m: sqlalchemy.exc.ProgrammingError");
        revision("m", "b', 'c", "pass");
        assertThat(rehearse()).as(shown()).isZero();
    }

    @Test
    void one_head_has_nothing_to_rehearse() throws Exception {
        assertThat(rehearse()).isZero();
        assertThat(out.toString()).isEqualTo(
                "The scripts have one head, or labelled ones. There is nothing to rehearse.\n");
    }

    @Test
    void a_database_that_may_be_in_use_is_refused_with_the_reason() throws Exception {
        two_sides();
        server.run(maintenance, "CREATE TABLE public.people (id int)");
        assertThat(rehearse()).isEqualTo(2);
        assertThat(err.toString()).contains("Database '" + maintenance
                + "' of --database has the table public.people, so it may be in use. Name an empty database;");
        server.run(maintenance, "CREATE TABLE public.alembic_version (version_num varchar(32))");
        assertThat(rehearse()).isEqualTo(2);
        assertThat(err.toString()).contains("has the version table public.alembic_version, so it may be in use.");
        maintenance = server.newDatabase();
        try (Connection agent = server.owner(maintenance); Statement statement = agent.createStatement()) {
            statement.execute("SET application_name = 'migration-agent'");
            assertThat(rehearse()).isEqualTo(2);
            assertThat(err.toString()).contains("An agent watches database '" + maintenance + "'");
        }
        assertNothingIsLeft();
    }

    @Test
    void a_user_who_may_not_make_databases_is_told_how_to_allow_it() throws Exception {
        two_sides();
        String role = server.newRole();
        assertThat(execute(List.of("--database",
                "postgresql://%s@127.0.0.1:%d/%s".formatted(role, server.port(), maintenance)))).isEqualTo(3);
        assertThat(err.toString()).contains("User '" + role + "' may not make databases on 127.0.0.1:",
                "ALTER ROLE \"" + role + "\" CREATEDB");
        server.run("postgres", "ALTER ROLE " + role + " CREATEDB");
        assertThat(execute(List.of("--database",
                "postgresql://%s@127.0.0.1:%d/%s".formatted(role, server.port(), maintenance)))).as(shown()).isZero();
    }

    /** The worst that can happen: it would migrate whatever database the project has in mind. */
    @Test
    void a_project_that_takes_its_database_from_elsewhere_migrates_nothing() throws Exception {
        two_sides();
        String production = server.newDatabase();
        env("'%s'".formatted(ownerUrl(production)));
        assertThat(rehearse()).isEqualTo(2);
        assertThat(err.toString()).contains("Alembic does not use the scratch database",
                "takes its address neither from $DATABASE_URL nor from sqlalchemy.url", "--url-variable");
        try (Connection owner = server.owner(production);
                Statement statement = owner.createStatement();
                ResultSet tables = statement.executeQuery(
                        "SELECT count(*) FROM pg_class WHERE relnamespace = 'public'::regnamespace")) {
            tables.next();
            assertThat(tables.getInt(1)).isZero();
        }
        env("os.environ['SHOP_DB']");
        assertThat(rehearse("--url-variable", "SHOP_DB")).as(shown()).isZero();
        env("'%s' + os.environ['DB_NAME']".formatted(ownerUrl("")));
        assertThat(rehearse("--name-variable", "DB_NAME")).as(shown()).isZero();
    }

    @Test
    void a_url_in_the_ini_is_replaced_in_the_copy_alone() throws Exception {
        two_sides();
        String ini = Files.readString(project.resolve("alembic.ini"))
                + "sqlalchemy.url = postgresql://postgres@127.0.0.1:1/production\n";
        Files.writeString(project.resolve("alembic.ini"), ini);
        env("context.config.get_main_option('sqlalchemy.url')");
        assertThat(rehearse()).as(shown()).isZero();
        revision("m", "b', 'c", "pass");
        assertThat(rehearse()).as(shown()).isZero();
        assertThat(out.toString()).contains("ok         b, c, m");
        assertThat(project.resolve("alembic.ini")).content().isEqualTo(ini);
        assertNothingIsLeft();
    }

    @Test
    void an_environment_script_that_fails_is_no_failed_merge() throws Exception {
        two_sides();
        env("os.environ['NOT_THERE']");
        assertThat(rehearse()).isEqualTo(3);
        assertThat(err.toString())
                .contains("Alembic fails before it reads the scratch database: KeyError: 'NOT_THERE'");
        assertThat(rehearse("--command", "/nowhere/alembic")).isEqualTo(3);
        assertThat(err.toString()).contains("'/nowhere/alembic' cannot be started; install it");
        assertNothingIsLeft();
    }

    @Test
    void a_tool_that_hangs_is_ended() throws Exception {
        two_sides();
        Files.writeString(project.resolve("hang.sh"), "sleep 600\n");
        assertThat(rehearse("--command", "sh hang.sh", "--limit", "1s")).isEqualTo(3);
        assertThat(err.toString()).contains("it took longer than 1 s");
        assertNothingIsLeft();
    }

    @Test
    void a_password_is_shown_nowhere() throws Exception {
        two_sides();
        server.run("postgres",
                "CREATE ROLE rehearser%s LOGIN CREATEDB PASSWORD 's3cr3tOfThem' IN ROLE owners".formatted(maintenance));
        String url = "postgresql://rehearser%s:s3cr3tOfThem@127.0.0.1:%d/%s".formatted(maintenance, server.port(),
                maintenance);
        revision("b", "a", "raise ValueError(os.environ['DATABASE_URL'] + ' password=s3cr3tOfThem')");
        for (String form : List.of("text", "json")) {
            assertThat(execute(List.of("--database", url, "--output", form))).isEqualTo(1);
            assertThat(shown()).contains("ValueError", "***").doesNotContain("s3cr3tOfThem");
        }
        env("'postgresql+nonsense://' + os.environ['DATABASE_URL'].split('//')[1]");
        assertThat(execute(List.of("--database", url))).isEqualTo(3);
        assertThat(shown()).doesNotContain("s3cr3tOfThem");
    }

    @Test
    void what_a_killed_run_left_is_removed_by_the_next_one_and_what_runs_is_not() throws Exception {
        two_sides();
        server.run("postgres", "CREATE DATABASE migration_rehearsal_00000000_base");
        try (Connection running = server.owner("postgres"); Statement statement = running.createStatement()) {
            statement.execute("CREATE DATABASE migration_rehearsal_ffffff%02x_base".formatted(server.port() % 256));
            statement.execute("SELECT pg_advisory_lock(%d, ('x' || 'ffffff%02x')::bit(32)::int)".formatted(0x4D4C5248,
                    server.port() % 256));
            assertThat(rehearse()).as(shown()).isZero();
            assertThat(scratch()).containsExactly("migration_rehearsal_ffffff%02x_base".formatted(server.port() % 256));
        }
        assertThat(rehearse()).as(shown()).isZero();
        assertNothingIsLeft();
    }

    @Test
    void a_run_that_is_ended_by_a_signal_removes_its_databases() throws Exception {
        revision("b", "a", "op.execute('SELECT pg_sleep(60)')");
        revision("c", "a", "pass");
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-cp",
                System.getProperty("java.class.path"),
                "-Djava.io.tmpdir=" + Files.createDirectory(project.resolve("temporary")), Main.class.getName(),
                "merge",
                "rehearse"));
        command.addAll(List.of("--database", ownerUrl(maintenance), "--command", python + " -m alembic"));
        Process agent = new ProcessBuilder(command).directory(project.toFile()).redirectErrorStream(true)
                .redirectOutput(project.resolve("agent.txt").toFile()).start();
        try {
            long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
            while (sleeping() == 0 && agent.isAlive() && System.nanoTime() < end) {
                Thread.sleep(50);
            }
            assertThat(sleeping()).as(Files.readString(project.resolve("agent.txt"))).isEqualTo(1);
            agent.destroy();
            assertThat(agent.waitFor(30, TimeUnit.SECONDS)).isTrue();
        } finally {
            agent.destroyForcibly();
        }
        assertNothingIsLeft();
        assertThat(sleeping()).as("sessions of a migration").isZero();
        try (Stream<Path> files = Files.list(project.resolve("temporary"))) {
            assertThat(files.map(Path::getFileName).map(String::valueOf)).noneMatch(it -> it.contains("rehearsal"));
        }
    }

    @Test
    void the_ledger_gets_what_came_of_each_way_and_knows_who_goes_it() throws Exception {
        two_sides();
        MergeProposal proposal = proposal(List.of(new MergeEnvironment("staging", List.of(), List.of("c", "(merge)")),
                new MergeEnvironment("production", List.of(), List.of("b", "(merge)")),
                new MergeEnvironment("new", List.of(), List.of("b", "c", "(merge)"))));
        try (TestLedger ledger = new TestLedger()) {
            ledger.answer(answer(200, List.of(proposal)), answer(200, proposal), answer(201, proposal));
            assertThat(rehearse("--ledger", ledger.url(), "--project", "shop")).as(shown()).isZero();
            assertThat(out.toString()).contains("ok         b, c, (merge), as staging",
                    "ok         c, b, (merge), as production", "ok         (merge) at once, as new",
                    "The ledger has recorded it.");
            revision("c", "a", "op.drop_table('orders')");
            ledger.answer(answer(200, List.of(proposal)), answer(200, proposal));
            assertThat(rehearse("--ledger", ledger.url(), "--project", "shop")).isEqualTo(1);
            assertThat(err.toString()).contains("These scripts are not what would be merged: c does something else");
        }
    }

    @Test
    void sides_that_follow_each_other_are_run_as_they_would_be_written() throws Exception {
        two_sides();
        MergeProposal proposal = proposal(List.of(new MergeEnvironment("staging", List.of(), List.of("c"))));
        MergeContent content = proposal.content();
        MergeProposal reparented = new MergeProposal(ID, "shop", Status.OPEN, null, NOON,
                new MergeContent(content.parting(), content.sides(), content.shared(), MergeWay.REPARENT, List.of()),
                List.of(), List.of(), 1, List.of(),
                false, false, null, null, List.of(), List.of(), false, proposal.environments());
        try (TestLedger ledger = new TestLedger()) {
            ledger.answer(answer(200, List.of(reparented)), answer(200, reparented), answer(201, reparented));
            assertThat(rehearse("--ledger", ledger.url(), "--project", "shop")).as(shown()).isZero();
        }
        assertThat(out.toString()).contains("All 2 ways", "ok         b, c, as staging", "ok         c at once");
    }

    private MergeProposal proposal(List<MergeEnvironment> environments) {
        History history = MigrationTools.all().getFirst().read(MigrationTools.configuration(new ConfigRequest(List.of(),
                null, project, Map.of(), List.of())));
        MergeContent content = MergeContents.of(
                new ScriptsSeen("versions", history.graph(), List.of(), Map.of()), List.of("b", "c"), null, List.of(),
                MergeWay.MERGE);
        return new MergeProposal(ID, "shop", Status.OPEN, null, NOON, content, List.of(), List.of(), 1, List.of(),
                false, false, null,
                null, List.of(), List.of(), false, environments);
    }

    private static Canned answer(int status, Object answer) {
        return new Canned(status, ContractJson.pretty(answer), Map.of());
    }

    private void two_sides() throws IOException {
        revision("b", "a", "op.create_table('b', sa.Column('id', sa.Integer()))");
        revision("c", "a", "op.create_table('c', sa.Column('id', sa.Integer()))");
    }

    /** @param url an expression */
    private void env(String url) throws IOException {
        Files.writeString(project.resolve("migrations/env.py"), """
                import os

                from alembic import context
                from sqlalchemy import create_engine, pool

                url = %s
                with create_engine(url, poolclass=pool.NullPool).connect() as connection:
                    context.configure(connection=connection)
                    with context.begin_transaction():
                        context.run_migrations()
                """.formatted(url));
    }

    private void revision(String id, @Nullable String parent, String does) throws IOException {
        Files.writeString(project.resolve("migrations/versions/" + id + ".py"), """
                import os

                import sqlalchemy as sa
                from alembic import op

                import shop

                revision = '%s'
                down_revision = %s


                def upgrade():
                    %s


                def downgrade():
                    pass
                """.formatted(id,
                parent == null ? "None" : parent.contains(",") ? "('%s')".formatted(parent) : "'%s'".formatted(parent),
                does));
    }

    private String ownerUrl(String database) {
        return "postgresql://postgres@127.0.0.1:%d/%s".formatted(server.port(), database);
    }

    private int rehearse(String... words) {
        List<String> all = new ArrayList<>(List.of("--database", ownerUrl(maintenance)));
        all.addAll(List.of(words));
        return execute(all);
    }

    private int execute(List<String> words) {
        out.getBuffer().setLength(0);
        err.getBuffer().setLength(0);
        List<String> all = new ArrayList<>(words);
        if (!words.contains("--command")) {
            all.addAll(List.of("--command", String.join(" ", QuickAlembic.command())));
        }
        return Main.execute(
                new CommandLine(new RehearseMergeCommand(new ScriptsOptions(project, Map.of())))
                        .setOut(new PrintWriter(out, true)).setErr(new PrintWriter(err, true))
                        .setExecutionExceptionHandler((e, _, _) -> {
                            if (e instanceof CommandFailure failure) {
                                err.write(failure.getMessage());
                                return failure.exitCode();
                            }
                            throw e;
                        }),
                all.toArray(String[]::new));
    }

    private String shown() {
        return out + "\n" + err;
    }

    private MergeRehearsal report() {
        byte[] json = out.toString().getBytes(StandardCharsets.UTF_8);
        JsonNode report = ContractJson.read(json, JsonNode.class).get("rehearsal");
        return ContractJson.read(report.toString().getBytes(StandardCharsets.UTF_8), MergeRehearsal.class);
    }

    private void assertNothingIsLeft() throws SQLException {
        assertThat(scratch()).isEmpty();
    }

    private List<String> scratch() throws SQLException {
        List<String> names = new ArrayList<>();
        try (Connection owner = server.owner("postgres");
                Statement statement = owner.createStatement();
                ResultSet row = statement.executeQuery(
                        "SELECT datname FROM pg_database WHERE datname LIKE 'migration\\_rehearsal%'")) {
            while (row.next()) {
                names.add(row.getString(1));
            }
        }
        return names;
    }

    private int sleeping() throws SQLException {
        try (Connection owner = server.owner("postgres");
                Statement statement = owner.createStatement();
                ResultSet row = statement.executeQuery("SELECT count(*) FROM pg_stat_activity"
                        + " WHERE query LIKE 'SELECT pg_sleep(60)%' AND datname LIKE 'migration\\_rehearsal%'")) {
            row.next();
            return row.getInt(1);
        }
    }
}
