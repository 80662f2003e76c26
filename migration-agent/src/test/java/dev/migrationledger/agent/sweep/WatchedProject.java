package dev.migrationledger.agent.sweep;

import dev.migrationledger.agent.cli.ExitCode;
import dev.migrationledger.agent.watch.AgentProcess;
import dev.migrationledger.testsupport.postgresql.TestServer;
import dev.migrationledger.testsupport.time.Eventually;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A project watched by a process of its own, on a new database and without a ledger that answers. The version table is made, with a row, after the first round.
 *
 * @param exit of the process, after SIGTERM where it runs
 * @param revisions that the first round recorded
 * @param files of revisions that were recorded
 * @param log all that the process wrote to its standard error
 */
record WatchedProject(int exit, int revisions, int files, String log) {

    /** As {@code bin/migration-agent} starts it. */
    private static final Map<String, String> SMALL = Map.of("JAVA_TOOL_OPTIONS",
            "-XX:+UseSerialGC -Xms8m -Xmx256m");

    /** Reading hundreds of scripts takes long on a busy machine. */
    private static final Duration PATIENCE = Duration.ofMinutes(5);

    private static final Pattern TABLE = Pattern.compile("versionTable=(\\S+)");
    private static final Pattern REVISIONS = Pattern.compile("scripts-scanned .*changed=(\\d+)");
    private static final Pattern FILES = Pattern.compile("revision-files-read .*files=(\\d+)");

    /**
     * @param revision that is written into the version table
     * @param files how many files there are to record
     * @param folder a new one, for the spool and the log
     */
    static WatchedProject of(Path scripts, String revision, int files, Path folder) throws Exception {
        WatchedProject watched = watch(scripts, revision, files, Files.createDirectories(folder.resolve("usual")));
        // The name of its version table is computed, and asked for.
        return watched.exit == ExitCode.USAGE
                ? watch(scripts, revision, files, Files.createDirectories(folder.resolve("named")), "--version-table",
                        "alembic_version")
                : watched;
    }

    private static WatchedProject watch(Path scripts, String revision, int files, Path folder, String... more)
            throws Exception {
        String database = TestServer.newDatabase();
        String[] arguments = Stream.concat(Stream.of("watch", "--scripts", scripts.toString(), "--database",
                TestServer.url(database), "--ledger", "http://127.0.0.1:9", "--project", "swept", "--environment",
                "test", "--interval", "500ms", "--spool", "spool"), Stream.of(more)).toArray(String[]::new);
        try (AgentProcess agent = AgentProcess.start(folder, SMALL, arguments)) {
            Eventually.holds("the first round, with the files, is recorded", PATIENCE, () -> !agent.process().isAlive()
                    || (log(folder).contains(" version-table-observed ") && sum(FILES, log(folder)) >= files));
            if (agent.process().isAlive()) {
                String table = all(TABLE, log(folder)).getFirst();
                if (table.contains(".")) {
                    String schema = table.substring(0, table.indexOf('.'));
                    TestServer.run(database, "CREATE SCHEMA " + schema,
                            "GRANT USAGE ON SCHEMA " + schema + " TO watcher");
                }
                TestServer.run(database, "CREATE TABLE %s (version_num text PRIMARY KEY)".formatted(table),
                        "INSERT INTO %s VALUES ('%s')".formatted(table, revision));
                Eventually.holds("the row is recorded", () -> !agent.process().isAlive()
                        || log(folder).contains("state=present rows=[" + revision + "]"));
            }
            int exit = agent.stop();
            String log = log(folder);
            return new WatchedProject(exit, sum(REVISIONS, log), sum(FILES, log), log);
        } finally {
            TestServer.drop(database);
        }
    }

    private static String log(Path folder) {
        try {
            return Files.readString(AgentProcess.log(folder).toPath());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static int sum(Pattern pattern, String log) {
        return all(pattern, log).stream().mapToInt(Integer::parseInt).sum();
    }

    private static List<String> all(Pattern pattern, String log) {
        return pattern.matcher(log).results().map((MatchResult match) -> match.group(1)).toList();
    }
}
