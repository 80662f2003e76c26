package dev.migrationledger.agent.watch;

import static dev.migrationledger.testsupport.postgresql.TestServer.run;
import static org.assertj.core.api.Assertions.assertThat;

import dev.migrationledger.agent.database.DatabaseObserver;
import dev.migrationledger.agent.database.Databases;
import dev.migrationledger.agent.database.ObservationException;
import dev.migrationledger.agent.database.SchemaScope;
import dev.migrationledger.agent.database.VersionTableName;
import dev.migrationledger.agent.database.postgresql.capture.install.Installation;
import dev.migrationledger.agent.spool.Spool;
import dev.migrationledger.agent.tool.MigrationTools;
import dev.migrationledger.agent.tool.ScriptsLocation;
import dev.migrationledger.contracts.event.AgentEvent.RevisionApplied;
import dev.migrationledger.contracts.event.AgentEvent.RevisionReverted;
import dev.migrationledger.contracts.event.AgentEvent.RevisionStamped;
import dev.migrationledger.contracts.event.AgentEvent.VersionTableEdited;
import dev.migrationledger.contracts.event.Attribution;
import dev.migrationledger.contracts.event.Attribution.Actor;
import dev.migrationledger.contracts.event.Evidence;
import dev.migrationledger.testsupport.postgresql.TestServer;
import dev.migrationledger.testsupport.time.MovableClock;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A real Alembic changes a real database in which changes are captured. */
class AlembicCapturedTest {

    @TempDir
    Path project;

    private final String name = TestServer.newDatabase();
    private final MovableClock clock = new MovableClock();
    private AlembicProject alembic;
    private Spool spool;
    private DatabaseObserver database;
    private Watch watch;
    private Evidence last = new Evidence(Evidence.Witness.POLL, Evidence.Certainty.PRESUMED, List.of());

    @BeforeEach
    void start() throws Exception {
        alembic = AlembicProject.in(project, name)
                .revision("a", "None", "create_table('users', sa.Column('id', sa.Integer, primary_key=True))",
                        "drop_table('users')")
                .revision("b", "'a'", "add_column('users', sa.Column('mail', sa.Text))", "drop_column('users', 'mail')")
                .revision("c", "'b'", "create_index('by_mail', 'users', ['mail'])", "drop_index('by_mail')")
                .revision("d", "'b'", "create_table('teams', sa.Column('id', sa.Integer))", "drop_table('teams')")
                .revision("m", "('c', 'd')", "get_bind()", "get_bind()")
                .revision("data", "'m'", "execute('INSERT INTO users VALUES (1)')", "execute('DELETE FROM users')");
        spool = Spool.open(project.resolve("spool"), "navbot", "staging", null, clock);
        database = Databases.parse(TestServer.url(name), "--database", Map.of())
                .observer(new VersionTableName(null, MigrationTools.usualVersionTable()), SchemaScope.ALL);
        ScriptsLocation location = new ScriptsLocation.Config(Path.of("alembic.ini"), "alembic", project);
        watch = new Watch(database, new Scripts(MigrationTools.of(location), location, clock), spool, clock,
                Watch.Mode.watch(Duration.ofSeconds(5)), Map.of());
    }

    @AfterEach
    void close() {
        if (spool != null) {
            database.close();
            spool.close();
        }
    }

    @Test
    void each_command_is_told_step_by_step_for_what_it_was() throws Exception {
        install("postgres");
        assertThat(steps()).isEmpty();

        alembic.run("stamp", "a");
        assertThat(steps()).containsExactly("stamped [a] for []");
        alembic.run("stamp", "base");
        assertThat(steps()).containsExactly("stamped [] for [a]");
        alembic.run(Map.of("PGAPPNAME", "deploy job"), "upgrade", "b");
        assertThat(steps()).containsExactly("applied a", "applied b");
        Actor actor = Optional.ofNullable(last.attribution()).map(Attribution::actor).orElseThrow();
        assertThat(actor.applicationName()).isEqualTo("deploy job");
        assertThat(last.witness()).isEqualTo(Evidence.Witness.EVENT_TRIGGER);
        alembic.run("upgrade", "heads");
        assertThat(steps()).containsExactlyInAnyOrder("applied c", "applied d", "applied m", "applied data")
                .endsWith("applied m", "applied data");
        alembic.run("downgrade", "-1");
        assertThat(steps()).containsExactly("reverted data");
        alembic.run("downgrade", "c");
        assertThat(steps()).containsExactly("reverted m");
        alembic.run("downgrade", "b");
        assertThat(steps()).containsExactlyInAnyOrder("reverted c", "reverted d");
        alembic.run("stamp", "c");
        assertThat(steps()).containsExactly("stamped [c] for [b]");
        alembic.run("stamp", "--purge", "d");
        assertThat(steps()).containsExactly("stamped [d] for [c]");
        alembic.run("stamp", "a");
        assertThat(steps()).containsExactly("stamped [a] for [d]");
        alembic.run("stamp", "heads");
        assertThat(steps()).containsExactly("stamped [data] for [a]");
    }

    @Test
    void an_ordinary_owner_and_a_transaction_for_each_migration_are_enough() throws Exception {
        alembic.run("stamp", "base");
        install("plain_" + name);
        assertThat(steps()).isEmpty();

        alembic.run(Map.of("EACH", "1"), "upgrade", "heads");
        assertThat(steps()).containsExactlyInAnyOrder("applied a", "applied b", "applied c", "applied d", "applied m",
                "applied data").startsWith("applied a", "applied b").endsWith("applied m", "applied data");
        assertThat(last.witness()).isEqualTo(Evidence.Witness.TRIGGER);
        alembic.run(Map.of("EACH", "1"), "downgrade", "base");
        assertThat(steps()).startsWith("reverted data", "reverted m").endsWith("reverted b", "reverted a").hasSize(6);
    }

    @Test
    void a_concurrent_index_in_a_block_of_its_own_is_seen() throws Exception {
        install("postgres");
        String block = """
                execute('COMMENT ON TABLE users IS NULL')
                    with op.get_context().autocommit_block():
                        op.create_index('by_id', 'users', ['id'], postgresql_concurrently=True)""";
        alembic.revision("e", "'b'", block, "get_bind()");
        alembic.run("upgrade", "b");
        steps();
        alembic.run("upgrade", "e");

        assertThat(steps()).containsExactly("applied e");
        assertThat(Optional.ofNullable(last.attribution()).orElseThrow().objects())
                .anyMatch(object -> object.name().equals("public.by_id"));
    }

    @Test
    void a_migration_that_fails_leaves_no_event() throws Exception {
        install("postgres");
        alembic.run("upgrade", "b");
        steps();
        alembic.revision("bad", "'b'",
                "create_table('half', sa.Column('id', sa.Integer))\n    op.drop_table('nothing')",
                "get_bind()");
        alembic.fail("upgrade", "bad");

        assertThat(steps()).isEmpty();
    }

    @Test
    void a_script_of_statements_that_alembic_wrote_is_alembics() throws Exception {
        install("postgres");
        alembic.run("upgrade", "a");
        steps();
        try (Connection connection = TestServer.owner(name); Statement statement = connection.createStatement()) {
            statement.execute("""
                    BEGIN;

                    -- Running upgrade a -> b

                    ALTER TABLE users ADD COLUMN mail TEXT;

                    UPDATE alembic_version SET version_num='b' WHERE alembic_version.version_num = 'a';

                    COMMIT;
                    """);
        }
        run(name, "UPDATE alembic_version SET version_num = 'c'");

        assertThat(steps()).containsExactly("applied b", "edited [b] to [c]");
    }

    private List<String> steps() throws ObservationException {
        List<String> steps = new ArrayList<>();
        watch.round().forEach(envelope -> {
            switch (envelope.event()) {
                case RevisionApplied it -> steps.add(of(it.evidence(), "applied " + it.revision()
                        + (it.inferred() ? " inferred" : "")));
                case RevisionReverted it -> steps.add(of(it.evidence(), "reverted " + it.revision()
                        + (it.inferred() ? " inferred" : "")));
                case RevisionStamped it -> steps.add(of(it.evidence(), "stamped " + it.revisions() + " for "
                        + it.replaced()));
                case VersionTableEdited it ->
                    steps.add(of(it.evidence(), "edited " + it.before() + " to " + it.after()));
                default -> {
                }
            }
        });
        return steps;
    }

    private String of(Evidence evidence, String words) {
        last = evidence;
        return words;
    }

    private void install(String role) throws Exception {
        try (Connection connection = TestServer.owner(name); Statement statement = connection.createStatement()) {
            if (!role.equals("postgres")) {
                statement.execute("CREATE ROLE " + role);
                statement.execute("GRANT CREATE ON DATABASE " + name + " TO " + role);
                statement.execute("GRANT CREATE ON SCHEMA public TO " + role);
                statement.execute("ALTER TABLE alembic_version OWNER TO " + role);
                statement.execute("SET ROLE " + role);
            }
            new Installation(connection, "public", "alembic_version").install(List.of("watcher"), null);
        }
    }
}
