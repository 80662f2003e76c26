package dev.migrationledger.agent.watch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migrationledger.agent.cli.Main;
import dev.migrationledger.agent.database.postgresql.DatabaseUrl;
import dev.migrationledger.agent.database.postgresql.LookFailure;
import dev.migrationledger.agent.database.postgresql.PostgresDatabase;
import dev.migrationledger.agent.database.postgresql.TestServers;
import dev.migrationledger.agent.database.postgresql.VersionTableName;
import dev.migrationledger.agent.spool.MovableClock;
import dev.migrationledger.agent.spool.Spool;
import dev.migrationledger.agent.tool.MigrationTools;
import dev.migrationledger.agent.tool.ScriptsLocation;
import dev.migrationledger.agent.watch.MigrationKind.Shape;
import dev.migrationledger.agent.watch.MigrationKind.Step;
import dev.migrationledger.agent.watch.WitnessPage.Cell;
import dev.migrationledger.agent.watch.WitnessPage.Told;
import dev.migrationledger.contracts.event.AgentEvent.RevisionApplied;
import dev.migrationledger.contracts.event.AgentEvent.RevisionReverted;
import dev.migrationledger.contracts.event.Evidence;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every kind of migration is run and stamped, up and down, on an old server and a new one, under the eyes of two agents: one
 * that may only look, and one that reads what was captured. What they say is docs/witness.md, which is written anew only
 * with {@code -Dgolden.update=true}.
 */
class WitnessMatrixTest {

    private static final Path PAGE = Path.of("../docs/witness.md");

    @TempDir
    Path folder;

    @Test
    void each_kind_of_migration_is_told_from_a_stamp_as_the_page_says() throws Exception {
        WitnessPage page = new WitnessPage(MigrationKind.all("owner"));
        for (int version : WitnessPage.VERSIONS) {
            judge(TestServers.version(version), page);
        }
        assertThat(page.falsePositives()).as("stamps that were taken for migrations").isEmpty();
        if (Boolean.getBoolean("golden.update")) {
            Files.writeString(PAGE, page.text());
        }
        assertThat(page.text()).isEqualTo(Files.readString(PAGE));
    }

    private void judge(TestServers server, WitnessPage page) throws Exception {
        String database = server.newDatabase();
        String owner = server.newRole();
        server.run("postgres", "ALTER DATABASE " + database + " OWNER TO " + owner);
        server.run(database, "GRANT ALL ON SCHEMA public TO " + owner, "GRANT ALL ON SCHEMA public TO owners");
        List<MigrationKind> kinds = MigrationKind.all(owner);
        Path project = folder.resolve("project" + server.version());
        Files.createDirectories(project.resolve("migrations/versions"));
        Files.writeString(project.resolve("alembic.ini"), "[alembic]\nscript_location = migrations\n");
        write(project, "k000", "None");
        PlainMigrations plain = new PlainMigrations(() -> server.as(owner, database));
        String parent = "k000";
        for (MigrationKind kind : kinds) {
            for (Step step : kind.revisions(parent)) {
                Files.writeString(
                        project.resolve("migrations/versions/" + step.revision() + ".py"), kind.script(step));
                plain.know(kind, step);
            }
            parent = kind.table();
        }
        AlembicMigrations.prepare(project, server.port(), database, owner);
        Optional<String> python = AlembicMigrations.python();
        String url = "postgresql://%s@127.0.0.1:%d/%s".formatted(owner, server.port(), database);
        try (Migrations migrations = python.isPresent() ? AlembicMigrations.in(project, python.get()) : plain;
                Connection session = server.as(owner, database)) {
            run(session,
                    "CREATE TABLE alembic_version (version_num VARCHAR(32) NOT NULL, CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num))",
                    "INSERT INTO alembic_version VALUES ('k000')", "GRANT SELECT ON alembic_version TO watcher");
            assertThat(Main.commandLine().execute("capture", "install", "--database", url)).isZero();
            try (Agent looking = new Agent(server.url(database), project, "looking");
                    Agent capturing = new Agent(url, project, "capturing")) {
                parent = "k000";
                for (MigrationKind kind : kinds) {
                    judge(kind, kind.before(parent), migrations, session, List.of(looking, capturing), page,
                            server.version());
                    parent = kind.table();
                }
            }
            assertThat(Main.commandLine().execute("capture", "status", "--database", url)).isZero();
        }
    }

    private static void judge(
            MigrationKind kind, List<String> before, Migrations migrations, Connection session, List<Agent> agents,
            WitnessPage page, int version) throws Exception {
        run(session, kind.setup().toArray(String[]::new));
        if (kind.shape() == Shape.MERGE) {
            for (String row : before) {
                migrations.upgrade(row);
            }
        }
        String revision = kind.table();
        told(agents, revision);
        migrations.stamp(List.of(revision));
        List<Told> stampedUp = told(agents, revision);
        migrations.stamp(before);
        List<Told> stampedDown = told(agents, revision);
        migrations.upgrade(revision);
        List<Told> ranUp = told(agents, revision);
        List<@Nullable Told> ranDown = new ArrayList<>();
        if (!kind.down().isEmpty()) {
            migrations.downgrade(before.getFirst());
            ranDown.addAll(told(agents, revision));
            migrations.upgrade(revision);
            told(agents, revision);
        }
        for (int i = 0; i < agents.size(); i++) {
            page.add(kind, version, i == 1, new Cell(
                    ranUp.get(i), ranDown.isEmpty() ? null : ranDown.get(i), stampedUp.get(i), stampedDown.get(i)));
        }
    }

    private static List<Told> told(List<Agent> agents, String revision) throws LookFailure {
        List<Told> told = new ArrayList<>();
        for (Agent agent : agents) {
            told.add(agent.told(revision));
        }
        return told;
    }

    private static void run(Connection session, String... statements) throws Exception {
        try (Statement statement = session.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }

    private static void write(Path project, String revision, String parent) throws Exception {
        Files.writeString(project.resolve("migrations/versions/" + revision + ".py"), """
                revision = "%s"
                down_revision = %s


                def upgrade():
                    pass


                def downgrade():
                    pass
                """.formatted(revision, parent));
    }

    /** One that watches. */
    private static final class Agent implements AutoCloseable {
        private final Spool spool;
        private final PostgresDatabase database;
        private final Watch watch;

        Agent(String url, Path project, String name) {
            MovableClock clock = new MovableClock();
            ScriptsLocation location = new ScriptsLocation.Config(Path.of("alembic.ini"), "alembic", project);
            spool = Spool.open(project.resolve("spool-" + name), "navbot", name, null, clock);
            database = new PostgresDatabase(
                    DatabaseUrl.parse(url, "--database", Map.of()),
                    new VersionTableName(null, VersionTableName.DEFAULT));
            watch = new Watch(
                    database, new Scripts(MigrationTools.of(location), location, clock), spool, clock,
                    Watch.Mode.watch(Duration.ofSeconds(5)), Map.of());
        }

        /** Whether it says, of what happened since it was asked last, that this revision ran. */
        Told told(String revision) throws LookFailure {
            Told told = Told.STAMPED;
            for (var envelope : watch.round()) {
                switch (envelope.event()) {
                    case RevisionApplied it when it.revision().equals(revision) -> told = ran(it.evidence());
                    case RevisionReverted it when it.revision().equals(revision) -> told = ran(it.evidence());
                    default -> {
                    }
                }
            }
            return told;
        }

        private static Told ran(Evidence evidence) {
            return new Told(evidence.witness(), evidence.certainty());
        }

        @Override
        public void close() {
            database.close();
            spool.close();
        }
    }
}
