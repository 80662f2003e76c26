package dev.migrationledger.agent.watch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.migrationledger.agent.database.postgresql.DatabaseUrl;
import dev.migrationledger.agent.database.postgresql.LookFailure;
import dev.migrationledger.agent.database.postgresql.PostgresDatabase;
import dev.migrationledger.agent.database.postgresql.TestServer;
import dev.migrationledger.agent.database.postgresql.VersionTableName;
import dev.migrationledger.agent.spool.MovableClock;
import dev.migrationledger.agent.spool.Spool;
import dev.migrationledger.agent.tool.MigrationTools;
import dev.migrationledger.agent.tool.ScriptsLocation;
import dev.migrationledger.contracts.event.AgentEvent.RevisionApplied;
import dev.migrationledger.contracts.event.AgentEvent.RevisionReverted;
import dev.migrationledger.contracts.event.AgentEvent.RevisionStamped;
import dev.migrationledger.contracts.event.AgentEvent.VersionTableEdited;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A real Alembic changes a real database between the looks. */
class AlembicTest {

    private static final List<String> PYTHONS = List.of("python3", "/usr/bin/python3");

    @TempDir
    Path project;

    private final String name = TestServer.newDatabase();
    private String python;

    @BeforeEach
    void project() throws Exception {
        List<String> found = new ArrayList<>();
        for (String candidate : PYTHONS) {
            if (works(candidate)) {
                found.add(candidate);
            }
        }
        if (found.isEmpty() && "true".equals(System.getenv("CI"))) {
            throw new AssertionError("continuous integration must have alembic and psycopg2 for python3");
        }
        assumeThat(found).as("needs Python's alembic and psycopg2: apt-get install alembic python3-psycopg2")
                .isNotEmpty();
        python = found.getFirst();

        Files.createDirectories(project.resolve("migrations/versions"));
        Files.writeString(project.resolve("alembic.ini"), "[alembic]\nscript_location = migrations\n");
        Files.writeString(project.resolve("migrations/env.py"), """
                from alembic import context
                from sqlalchemy import create_engine, pool

                engine = create_engine("postgresql+psycopg2://postgres@127.0.0.1:%d/%s", poolclass=pool.NullPool)
                with engine.connect() as connection:
                    context.configure(connection=connection)
                    with context.begin_transaction():
                        context.run_migrations()
                """.formatted(TestServer.port(), name));
        revision("a", "None", "create_table('users', sa.Column('id', sa.Integer, primary_key=True))",
                "drop_table('users')");
        revision("b", "'a'", "add_column('users', sa.Column('mail', sa.Text))", "drop_column('users', 'mail')");
        revision("c", "'b'", "create_index('by_mail', 'users', ['mail'])", "drop_index('by_mail')");
        revision("d", "'b'", "create_table('teams', sa.Column('id', sa.Integer))", "drop_table('teams')");
        revision("m", "('c', 'd')", "get_bind()", "get_bind()");
        revision("data", "'m'", "execute('UPDATE users SET mail = id')", "execute('UPDATE users SET mail = NULL')");
    }

    @Test
    void each_command_is_recognised_for_what_it_did() throws Exception {
        try (Spool spool = Spool.open(project.resolve("spool"), "navbot", "staging", null, new MovableClock());
                PostgresDatabase database = new PostgresDatabase(
                        DatabaseUrl.parse(TestServer.url(name), "--database", Map.of()),
                        new VersionTableName(null, VersionTableName.DEFAULT))) {
            MovableClock clock = new MovableClock();
            ScriptsLocation location = new ScriptsLocation.Config(Path.of("alembic.ini"), "alembic", project);
            Watch watch = new Watch(
                    database, new Scripts(MigrationTools.of(location), location, clock), spool, clock,
                    Watch.Mode.watch(Duration.ofSeconds(5)), Map.of());
            assertThat(steps(watch)).isEmpty();

            // The first stamp creates the version table in its own transaction.
            alembic("stamp", "a");
            assertThat(steps(watch)).containsExactly("stamped [a] for []");
            alembic("stamp", "base");
            assertThat(steps(watch)).containsExactly("stamped [] for [a]");
            alembic("upgrade", "b");
            assertThat(steps(watch)).containsExactly("applied a inferred", "applied b");
            alembic("upgrade", "heads");
            // Data is changed and nothing else, after a way up that was seen: one transaction did it all.
            assertThat(steps(watch)).containsExactlyInAnyOrder(
                    "applied c inferred", "applied d inferred", "applied m inferred", "applied data");
            alembic("downgrade", "-1");
            assertThat(steps(watch)).containsExactly("stamped [m] for [data]");
            alembic("downgrade", "c");
            assertThat(steps(watch)).containsExactly("reverted m");
            alembic("downgrade", "b");
            assertThat(steps(watch)).containsExactlyInAnyOrder("reverted c", "reverted d");
            alembic("upgrade", "d");
            assertThat(steps(watch)).containsExactly("applied d");
            alembic("stamp", "--purge", "c");
            assertThat(steps(watch)).containsExactly("stamped [c] for [d]");
            alembic("stamp", "--purge", "d");
            assertThat(steps(watch)).containsExactly("stamped [d] for [c]");
            alembic("downgrade", "a");
            assertThat(steps(watch)).containsExactly("reverted d", "reverted b inferred");
        }
    }

    @Test
    void a_stamp_is_never_taken_for_a_migration() throws Exception {
        alembic("upgrade", "b");
        for (String target : List.of("a", "base", "b", "c", "heads", "m", "d")) {
            alembic("stamp", "--purge", target);
            try (PostgresDatabase database = new PostgresDatabase(
                    DatabaseUrl.parse(TestServer.url(name), "--database", Map.of()),
                    new VersionTableName(null, VersionTableName.DEFAULT))) {
                assertThat(database.look(List.of(), null).traces()).as("stamp %s", target).isEmpty();
            }
        }
    }

    private static List<String> steps(Watch watch) throws LookFailure {
        return watch.round().stream().map(envelope -> switch (envelope.event()) {
            case RevisionApplied it -> "applied " + it.revision() + (it.inferred() ? " inferred" : "");
            case RevisionReverted it -> "reverted " + it.revision() + (it.inferred() ? " inferred" : "");
            case RevisionStamped it -> "stamped " + it.revisions() + " for " + it.replaced();
            case VersionTableEdited it -> "edited " + it.before() + " to " + it.after();
            default -> "";
        }).filter(step -> !step.isEmpty()).toList();
    }

    private void revision(String id, String parents, String up, String down) throws IOException {
        Files.writeString(project.resolve("migrations/versions/" + id + ".py"), """
                import sqlalchemy as sa
                from alembic import op

                revision = "%s"
                down_revision = %s


                def upgrade():
                    op.%s


                def downgrade():
                    op.%s
                """.formatted(id, parents, up, down));
    }

    private void alembic(String... arguments) throws Exception {
        List<String> command = Stream.concat(
                Stream.of(python, "-c", "from alembic.config import main; main()"), Stream.of(arguments)).toList();
        ProcessBuilder builder = new ProcessBuilder(command).directory(project.toFile()).redirectErrorStream(true);
        builder.environment().remove("ALEMBIC_CONFIG");
        Process process = builder.start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as("alembic %s: %s", List.of(arguments), said).isZero();
    }

    private static boolean works(String python) throws InterruptedException {
        try {
            return new ProcessBuilder(python, "-c", "import alembic, psycopg2")
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start()
                    .waitFor() == 0;
        } catch (IOException e) {
            return false;
        }
    }
}
