package dev.migrationledger.agent.watch;

import static dev.migrationledger.testsupport.postgresql.TestServer.run;
import static org.assertj.core.api.Assertions.assertThat;

import dev.migrationledger.agent.database.ObservationException;
import dev.migrationledger.contracts.event.Attribution;
import dev.migrationledger.contracts.event.Attribution.Actor;
import dev.migrationledger.contracts.event.Evidence;
import dev.migrationledger.testsupport.postgresql.TestServer;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
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
    private AlembicProject alembic;
    private WatchingAgent agent;
    private Evidence last = new Evidence(Evidence.Method.POLL, Evidence.Certainty.PRESUMED, List.of());

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
        agent = WatchingAgent.ofProject(TestServer.url(name), project, "staging");
    }

    @AfterEach
    void close() {
        if (agent != null) {
            agent.close();
        }
    }

    @Test
    void each_command_is_reported_step_by_step() throws Exception {
        TestCapture.install(name);
        assertThat(steps()).isEmpty();

        alembic.run("stamp", "a");
        assertThat(steps()).containsExactly("stamped [a] for []");
        alembic.run("stamp", "base");
        assertThat(steps()).containsExactly("stamped [] for [a]");
        alembic.run(Map.of("PGAPPNAME", "deploy job"), "upgrade", "b");
        assertThat(steps()).containsExactly("applied a", "applied b");
        Actor actor = Optional.ofNullable(last.attribution()).map(Attribution::actor).orElseThrow();
        assertThat(actor.applicationName()).isEqualTo("deploy job");
        assertThat(last.method()).isEqualTo(Evidence.Method.EVENT_TRIGGER);
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
        TestCapture.installAsPlainOwner(name);
        assertThat(steps()).isEmpty();

        alembic.run(Map.of("EACH", "1"), "upgrade", "heads");
        assertThat(steps()).containsExactlyInAnyOrder("applied a", "applied b", "applied c", "applied d", "applied m",
                "applied data").startsWith("applied a", "applied b").endsWith("applied m", "applied data");
        assertThat(last.method()).isEqualTo(Evidence.Method.TRIGGER);
        alembic.run(Map.of("EACH", "1"), "downgrade", "base");
        assertThat(steps()).startsWith("reverted data", "reverted m").endsWith("reverted b", "reverted a").hasSize(6);
    }

    @Test
    void a_concurrent_index_in_a_block_of_its_own_is_seen() throws Exception {
        TestCapture.install(name);
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
        TestCapture.install(name);
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
        TestCapture.install(name);
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
        List<StepText> steps = StepText.of(agent.round());
        if (!steps.isEmpty()) {
            last = steps.getLast().evidence();
        }
        return steps.stream().map(StepText::text).toList();
    }
}
