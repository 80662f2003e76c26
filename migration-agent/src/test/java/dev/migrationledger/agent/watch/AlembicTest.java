package dev.migrationledger.agent.watch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migrationledger.agent.database.DatabaseObserver;
import dev.migrationledger.agent.database.Databases;
import dev.migrationledger.agent.database.ObservationException;
import dev.migrationledger.agent.database.SchemaScope;
import dev.migrationledger.agent.database.VersionTableName;
import dev.migrationledger.agent.spool.Spool;
import dev.migrationledger.agent.tool.MigrationTools;
import dev.migrationledger.agent.tool.ScriptsLocation;
import dev.migrationledger.contracts.event.AgentEvent.RevisionApplied;
import dev.migrationledger.contracts.event.AgentEvent.RevisionReverted;
import dev.migrationledger.contracts.event.AgentEvent.RevisionStamped;
import dev.migrationledger.contracts.event.AgentEvent.VersionTableEdited;
import dev.migrationledger.testsupport.postgresql.TestServer;
import dev.migrationledger.testsupport.time.MovableClock;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A real Alembic changes a real database between the looks. */
class AlembicTest {

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
        try (Spool spool = Spool.open(project.resolve("spool"), "navbot", "staging", null, new MovableClock());
                DatabaseObserver database = Databases.parse(TestServer.url(name), "--database", Map.of())
                        .observer(new VersionTableName(null, MigrationTools.usualVersionTable()), SchemaScope.ALL)) {
            MovableClock clock = new MovableClock();
            ScriptsLocation location = new ScriptsLocation.Config(Path.of("alembic.ini"), "alembic", project);
            Watch watch = new Watch(
                    database, new Scripts(MigrationTools.of(location), location, clock), spool, clock,
                    Watch.Mode.watch(Duration.ofSeconds(5)), Map.of());
            assertThat(steps(watch)).isEmpty();

            // The first stamp creates the version table in its own transaction.
            alembic.run("stamp", "a");
            assertThat(steps(watch)).containsExactly("stamped [a] for []");
            alembic.run("stamp", "base");
            assertThat(steps(watch)).containsExactly("stamped [] for [a]");
            alembic.run("upgrade", "b");
            assertThat(steps(watch)).containsExactly("applied a inferred", "applied b");
            alembic.run("upgrade", "heads");
            // Data is changed and nothing else, after a way up that was seen: one transaction did it all.
            assertThat(steps(watch)).containsExactlyInAnyOrder(
                    "applied c inferred", "applied d inferred", "applied m inferred", "applied data");
            alembic.run("downgrade", "-1");
            assertThat(steps(watch)).containsExactly("stamped [m] for [data]");
            alembic.run("downgrade", "c");
            assertThat(steps(watch)).containsExactly("reverted m");
            alembic.run("downgrade", "b");
            assertThat(steps(watch)).containsExactlyInAnyOrder("reverted c", "reverted d");
            alembic.run("upgrade", "d");
            assertThat(steps(watch)).containsExactly("applied d");
            alembic.run("stamp", "--purge", "c");
            assertThat(steps(watch)).containsExactly("stamped [c] for [d]");
            alembic.run("stamp", "--purge", "d");
            assertThat(steps(watch)).containsExactly("stamped [d] for [c]");
            alembic.run("downgrade", "a");
            assertThat(steps(watch)).containsExactly("reverted d", "reverted b inferred");
        }
    }

    @Test
    void a_stamp_is_never_taken_for_a_migration() throws Exception {
        alembic.run("upgrade", "b");
        for (String target : List.of("a", "base", "b", "c", "heads", "m", "d")) {
            alembic.run("stamp", "--purge", target);
            try (DatabaseObserver database = Databases.parse(TestServer.url(name), "--database", Map.of())
                    .observer(new VersionTableName(null, MigrationTools.usualVersionTable()), SchemaScope.ALL)) {
                assertThat(database.observe(List.of(), null).traces()).as("stamp %s", target).isEmpty();
            }
        }
    }

    private static List<String> steps(Watch watch) throws ObservationException {
        return watch.round().stream().map(envelope -> switch (envelope.event()) {
            case RevisionApplied it -> "applied " + it.revision() + (it.inferred() ? " inferred" : "");
            case RevisionReverted it -> "reverted " + it.revision() + (it.inferred() ? " inferred" : "");
            case RevisionStamped it -> "stamped " + it.revisions() + " for " + it.replaced();
            case VersionTableEdited it -> "edited " + it.before() + " to " + it.after();
            default -> "";
        }).filter(step -> !step.isEmpty()).toList();
    }
}
