package dev.migrationledger.sample;

import dev.migrationledger.contracts.environment.EnvironmentReport;
import dev.migrationledger.contracts.environment.RevisionStatus;
import dev.migrationledger.contracts.event.Attribution;
import dev.migrationledger.contracts.event.Evidence;
import dev.migrationledger.contracts.event.VersionTable;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.SQLException;
import java.time.Duration;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.springframework.util.FileSystemUtils;

/**
 * The README's first command: {@code run} starts everything; {@code upgrade}, {@code stamp} and {@code insert} change a sample database.
 * {@code pictures} takes the pictures of the documents.
 */
public final class Sample {

    private static final Map<String, String> FIRST_REVISIONS = Map.of("staging", "004_rename_chunks_metadata",
            "production", "002_rename_metadata");

    private Sample() {}

    public static void main(String[] arguments) throws Exception {
        SampleLayout layout = SampleLayout.here();
        try {
            switch (List.of(arguments)) {
                case List<String> run when run.equals(List.of("run")) -> run(layout);
                case List<String> pictures when pictures.equals(List.of("pictures")) -> {
                    pictures(layout);
                    // The browser ends with this JVM, and its threads would keep the JVM from ending.
                    System.exit(0);
                }
                case List<String> upgrade when upgrade.size() == 3 && upgrade.getFirst().equals("upgrade") -> {
                    List<String> ran = database(layout, upgrade.get(1)).upgrade(upgrade.get(2));
                    System.out.println(ran.isEmpty() ? "nothing to run" : "ran " + String.join(", ", ran));
                }
                case List<String> stamp when stamp.size() == 3 && stamp.getFirst().equals("stamp") -> {
                    database(layout, stamp.get(1)).stamp(stamp.get(2));
                    System.out.println("stamped " + stamp.get(2) + "; nothing ran");
                }
                case List<String> insert when insert.size() == 3 && insert.getFirst().equals("insert") -> {
                    database(layout, insert.get(1)).insertByHand(insert.get(2));
                    System.out.println("inserted a row " + insert.get(2) + " by hand");
                }
                default -> {
                    System.err.println("usage: navbot upgrade|stamp|insert staging|production REVISION");
                    System.exit(2);
                }
            }
        } catch (IllegalArgumentException | IllegalStateException | SQLException e) {
            System.err.println("navbot: " + e.getMessage());
            System.exit(1);
        }
    }

    private static SampleDatabase database(SampleLayout layout, String environment) throws IOException {
        if (!SampleRun.ENVIRONMENTS.contains(environment)) {
            throw new IllegalArgumentException(
                    "there is no database '" + environment + "'; there are "
                            + String.join(", ", SampleRun.ENVIRONMENTS));
        }
        return SampleServer.of(layout).database(environment, layout.steps());
    }

    private static void run(SampleLayout layout) throws IOException, InterruptedException, SQLException {
        System.out.println("Starting the ledger on its embedded PostgreSQL; the first start takes some seconds …");
        SampleRun run = new SampleRun(SampleLedger.start(layout, 8080), layout);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(run), "stop"));
        // The end of the build that started this ends this too.
        ProcessHandle.current().parent().ifPresent(build -> Thread.startVirtualThread(() -> {
            build.onExit().join();
            System.exit(0);
        }));
        for (String environment : SampleRun.ENVIRONMENTS) {
            run.databases().create(environment);
            run.capture(environment);
            SampleDatabase database = run.databases().database(environment, layout.steps());
            String first = FIRST_REVISIONS.get(environment);
            if (database.rows().isEmpty() && first != null) {
                database.upgrade(first);
            }
            SampleProcess agent = run.watch(environment, Duration.ofSeconds(2));
            run.awaitReport(agent, environment);
        }
        System.out.println(introduction(layout, run, writeCommand(layout)));
        follow(run);
    }

    /** Takes the pictures of the documents anew, of a sample of its own. */
    private static void pictures(SampleLayout layout) throws Exception {
        Path work = Files.createTempDirectory("sample-pictures");
        SampleLayout own = layout.workingIn(work);
        try (SampleLedger ledger = SampleLedger.start(own, 0); SampleRun run = new SampleRun(ledger, own)) {
            for (String environment : SampleRun.ENVIRONMENTS) {
                run.databases().create(environment);
            }
            SamplePictures.prepare(run, own);
            SamplePictures.take(run, layout.root(), layout.root().resolve("docs/images"));
        } finally {
            FileSystemUtils.deleteRecursively(work);
        }
        System.out.println("Wrote " + String.join(", ", SamplePictures.PAGES.keySet()) + " into docs/images.");
    }

    private static void stop(SampleRun run) {
        System.out.println("Stopping …");
        run.close();
        run.ledger().close();
        System.out.println("Stopped. What was recorded is kept for the next start; 'mvn clean' removes it.");
    }

    private static String introduction(SampleLayout layout, SampleRun run, Path command) {
        String agent = javaToType() + " -jar " + layout.typed(layout.agentJar());
        return """

                The ledger is at %1$s/
                An agent watches each of the two databases of the project 'navbot'. The databases record who changes
                their version table:

                %2$s

                Now, in another terminal:

                  compare them        %3$s compare --ledger %1$s --project navbot staging production
                  run a migration     %4$s upgrade production 003_other_feature
                  only stamp          %4$s stamp production 004_rename_chunks_metadata
                  edit by hand        %4$s insert production 001_initial

                What the agents see appears here and at %1$s/ within seconds.
                Logs and data: %5$s
                Ctrl-C stops everything.
                """
                .formatted(
                        run.url(),
                        SampleRun.ENVIRONMENTS.stream()
                                .map(name -> "  %-12s %s".formatted(name,
                                        run.report(name).map(Sample::line).orElse("")))
                                .collect(Collectors.joining("\n")),
                        agent,
                        layout.typed(command),
                        layout.typed(layout.work()));
    }

    /** Says every change of an environment's rows, until the program is stopped. */
    private static void follow(SampleRun run) throws InterruptedException {
        Map<String, String> last = new HashMap<>();
        while (run.ledger().process().isAlive()) {
            for (String environment : SampleRun.ENVIRONMENTS) {
                run.report(environment).map(Sample::line).ifPresent(line -> {
                    String before = last.put(environment, line);
                    if (before != null && !before.equals(line)) {
                        System.out.printf("%s  %-12s %s%n",
                                LocalTime.now(ZoneId.systemDefault()).truncatedTo(ChronoUnit.SECONDS),
                                environment, line);
                    }
                });
            }
            Thread.sleep(500);
        }
        throw new IllegalStateException("the ledger ended; see " + run.ledger().process().log());
    }

    /** Such as {@code 002_rename_metadata (applied)}, with who did it where that is known. */
    private static String line(EnvironmentReport report) {
        VersionTable table = report.versionTable();
        List<String> rows = table == null ? List.of() : table.rows();
        if (rows.isEmpty()) {
            return "no revision";
        }
        Map<String, RevisionStatus> statuses = report.revisions().stream()
                .collect(Collectors.toMap(RevisionStatus::revision, status -> status));
        return rows.stream()
                .map(row -> row + " (" + how(statuses.getOrDefault(row, RevisionStatus.implied(row))) + ")")
                .collect(Collectors.joining(", "));
    }

    /** Such as {@code stamped by postgres with navbot}. */
    private static String how(RevisionStatus status) {
        String how = status.kind().name().toLowerCase(Locale.ROOT);
        Evidence evidence = status.evidence();
        Attribution attribution = evidence == null ? null : evidence.attribution();
        Attribution.Actor actor = attribution == null ? null : attribution.actor();
        return actor == null ? how : "%s by %s with %s".formatted(how, actor.user(), actor.applicationName());
    }

    /** A command short enough to type, for what needs a class path. */
    private static Path writeCommand(SampleLayout layout) throws IOException {
        Path command = layout.work().resolve("navbot");
        Files.writeString(command, """
                #!/bin/sh
                exec '%s' -Dsample.root='%s' -cp '%s' %s "$@"
                """.formatted(
                SampleProcess.java(), layout.root(), System.getProperty("java.class.path"), Sample.class.getName()));
        Files.setPosixFilePermissions(command, PosixFilePermissions.fromString("rwxr-xr-x"));
        return command;
    }

    /** {@code java}, if that is the one which runs this, or else its whole path. */
    private static String javaToType() {
        try {
            Process process = new ProcessBuilder("java", "-version").redirectErrorStream(true).start();
            String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return said.contains("\"" + Runtime.version().feature()) ? "java" : SampleProcess.java();
        } catch (IOException noJavaOnThePath) {
            return SampleProcess.java();
        }
    }
}
