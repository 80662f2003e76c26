package dev.migrationledger.agent.watch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migrationledger.agent.Main;
import dev.migrationledger.agent.database.ObservationException;
import dev.migrationledger.agent.watch.EvidencePage.Cell;
import dev.migrationledger.agent.watch.EvidencePage.Conclusion;
import dev.migrationledger.agent.watch.MigrationKind.Shape;
import dev.migrationledger.agent.watch.MigrationKind.Step;
import dev.migrationledger.contracts.event.AgentEvent;
import dev.migrationledger.contracts.event.AgentEvent.RevisionApplied;
import dev.migrationledger.contracts.event.AgentEvent.RevisionReverted;
import dev.migrationledger.contracts.event.Evidence;
import dev.migrationledger.testsupport.golden.GoldenFile;
import dev.migrationledger.testsupport.postgresql.TestServers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every kind of migration is run and stamped, up and down, on an old server and a new one, while two agents watch: one
 * that may only poll, and one that reads what was captured. What they report is docs/evidence.md, which is rewritten only
 * with {@code -Dgolden.update=true}.
 */
class EvidenceMatrixTest {

    private static final Path PAGE = Path.of("../docs/evidence.md");

    @TempDir
    Path folder;

    @Test
    void each_kind_of_migration_is_distinguished_from_a_stamp_as_the_page_says() throws Exception {
        EvidencePage page = new EvidencePage(MigrationKind.all("owner"));
        List<TestServers> servers = EvidencePage.VERSIONS.stream().map(TestServers::version).toList();
        List<Callable<Boolean>> servedBy = servers.stream().<Callable<Boolean>>map(server -> () -> {
            judge(server, page);
            return true;
        }).toList();
        try (ExecutorService threads = Executors.newFixedThreadPool(servers.size())) {
            for (Future<Boolean> judged : threads.invokeAll(servedBy)) {
                judged.get();
            }
        }
        assertThat(page.falsePositives()).as("stamps that were taken for migrations").isEmpty();
        GoldenFile.compare(PAGE, page.text());
    }

    private void judge(TestServers server, EvidencePage page) throws Exception {
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
            assertThat(Main.commandLineFor("capture").execute("capture", "install", "--database", url)).isZero();
            try (WatchingAgent looking = WatchingAgent.ofProject(server.url(database), project, "looking");
                    WatchingAgent capturing = WatchingAgent.ofProject(url, project, "capturing")) {
                parent = "k000";
                for (MigrationKind kind : kinds) {
                    judge(kind, kind.before(parent), migrations, session, List.of(looking, capturing), page,
                            server.version());
                    parent = kind.table();
                }
            }
            assertThat(Main.commandLineFor("capture").execute("capture", "status", "--database", url)).isZero();
        }
    }

    private static void judge(
            MigrationKind kind, List<String> before, Migrations migrations, Connection session,
            List<WatchingAgent> agents,
            EvidencePage page, int version) throws Exception {
        run(session, kind.setup().toArray(String[]::new));
        if (kind.shape() == Shape.MERGE) {
            for (String row : before) {
                migrations.upgrade(row);
            }
        }
        String revision = kind.table();
        conclusions(agents, revision);
        migrations.stamp(List.of(revision));
        List<Conclusion> stampedUp = conclusions(agents, revision);
        migrations.stamp(before);
        List<Conclusion> stampedDown = conclusions(agents, revision);
        migrations.upgrade(revision);
        List<Conclusion> ranUp = conclusions(agents, revision);
        List<@Nullable Conclusion> ranDown = new ArrayList<>();
        if (!kind.down().isEmpty()) {
            migrations.downgrade(before.getFirst());
            ranDown.addAll(conclusions(agents, revision));
            migrations.upgrade(revision);
            conclusions(agents, revision);
        }
        for (int i = 0; i < agents.size(); i++) {
            page.add(kind, version, i == 1, new Cell(
                    ranUp.get(i), ranDown.isEmpty() ? null : ranDown.get(i), stampedUp.get(i), stampedDown.get(i)));
        }
    }

    private static List<Conclusion> conclusions(List<WatchingAgent> agents, String revision)
            throws ObservationException {
        List<Conclusion> conclusions = new ArrayList<>();
        for (WatchingAgent agent : agents) {
            conclusions.add(conclusions(agent, revision));
        }
        return conclusions;
    }

    /** Whether it says, of what happened since it was asked last, that this revision ran. */
    private static Conclusion conclusions(WatchingAgent agent, String revision) throws ObservationException {
        Conclusion conclusions = Conclusion.STAMPED;
        for (AgentEvent event : agent.events()) {
            switch (event) {
                case RevisionApplied it when it.revision().equals(revision) -> conclusions = ran(it.evidence());
                case RevisionReverted it when it.revision().equals(revision) -> conclusions = ran(it.evidence());
                default -> {
                }
            }
        }
        return conclusions;
    }

    private static Conclusion ran(Evidence evidence) {
        return new Conclusion(evidence.method(), evidence.certainty());
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
}
