package dev.migrationledger.agent.watch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migrationledger.agent.database.ObservationException;
import dev.migrationledger.testsupport.postgresql.TestServer;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A real Alembic changes a real database between the polls. */
class AlembicPolledTest {

    @TempDir
    Path project;

    private final String name = TestServer.newDatabase();
    private AlembicProject alembic;

    @BeforeEach
    void project() throws Exception {
        alembic = AlembicProject.in(project, name);
        alembic.revision("a", "None", "create_table('users', sa.Column('id', sa.Integer, primary_key=True))",
                "drop_table('users')");
        alembic.revision("b", "'a'", "add_column('users', sa.Column('mail', sa.Text))", "drop_column('users', 'mail')");
        alembic.revision("c", "'b'", "create_index('by_mail', 'users', ['mail'])", "drop_index('by_mail')");
        alembic.revision("d", "'b'", "create_table('teams', sa.Column('id', sa.Integer))", "drop_table('teams')");
        alembic.revision("m", "('c', 'd')", "get_bind()", "get_bind()");
        alembic.revision("data", "'m'", "execute('UPDATE users SET mail = id')",
                "execute('UPDATE users SET mail = NULL')");
    }

    @Test
    void each_command_is_recognised_for_what_it_did() throws Exception {
        try (WatchingAgent agent = WatchingAgent.ofProject(TestServer.url(name), project, "staging")) {
            assertThat(steps(agent)).isEmpty();

            // The first stamp creates the version table in its own transaction.
            alembic.run("stamp", "a");
            assertThat(steps(agent)).containsExactly("stamped [a] for []");
            alembic.run("stamp", "base");
            assertThat(steps(agent)).containsExactly("stamped [] for [a]");
            alembic.run("upgrade", "b");
            assertThat(steps(agent)).containsExactly("applied a inferred", "applied b");
            alembic.run("upgrade", "heads");
            // Data is changed and nothing else, after a way up that was seen: one transaction did it all.
            assertThat(steps(agent)).containsExactlyInAnyOrder(
                    "applied c inferred", "applied d inferred", "applied m inferred", "applied data");
            alembic.run("downgrade", "-1");
            assertThat(steps(agent)).containsExactly("stamped [m] for [data]");
            alembic.run("downgrade", "c");
            assertThat(steps(agent)).containsExactly("reverted m");
            alembic.run("downgrade", "b");
            assertThat(steps(agent)).containsExactlyInAnyOrder("reverted c", "reverted d");
            alembic.run("upgrade", "d");
            assertThat(steps(agent)).containsExactly("applied d");
            alembic.run("stamp", "--purge", "c");
            assertThat(steps(agent)).containsExactly("stamped [c] for [d]");
            alembic.run("stamp", "--purge", "d");
            assertThat(steps(agent)).containsExactly("stamped [d] for [c]");
            alembic.run("downgrade", "a");
            assertThat(steps(agent)).containsExactly("reverted d", "reverted b inferred");
        }
    }

    @Test
    void a_stamp_is_never_taken_for_a_migration() throws Exception {
        alembic.run("upgrade", "b");
        for (String target : List.of("a", "base", "b", "c", "heads", "m", "d")) {
            alembic.run("stamp", "--purge", target);
            try (WatchingAgent agent = WatchingAgent.ofProject(TestServer.url(name), project, target)) {
                assertThat(agent.database().observe(List.of(), null).traces()).as("stamp %s", target).isEmpty();
            }
        }
    }

    private static List<String> steps(WatchingAgent agent) throws ObservationException {
        return StepText.of(agent.round()).stream().map(StepText::text).toList();
    }
}
