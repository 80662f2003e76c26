package dev.migrationledger.agent.doctor;

import dev.migrationledger.agent.cli.CommandFailure;
import dev.migrationledger.agent.cli.Interval;
import dev.migrationledger.agent.cli.OutputFormat;
import dev.migrationledger.agent.cli.Paint;
import dev.migrationledger.agent.cli.Screen;
import dev.migrationledger.agent.database.option.DatabaseOptions;
import dev.migrationledger.agent.tool.ScriptsOptions;
import dev.migrationledger.contracts.wire.ContractJson;
import dev.migrationledger.core.rules.Diagnosis;
import java.io.PrintWriter;
import java.time.Duration;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code doctor}: what state a database is really in, and how to repair it. */
@Command(name = "doctor", description = "Finds what is wrong with a database and its migration scripts, and shows how to repair it without losing data. Changes nothing and needs no ledger.", mixinStandardHelpOptions = true, exitCodeList = {
    "0:Healthy. Revisions may still have to run.",
    "1:Errors or warnings.",
    "2:Wrong usage.",
    "3:Could not tell: nothing confirms the stamp, or an input could not be read. The report covers what could be read."}, footer = {
        "",
        "Without a database, doctor checks only the scripts. Without scripts, it checks only the version table."})
public final class DoctorCommand implements Callable<Integer> {

    private static final Duration FAREWELL = Duration.ofSeconds(3);
    private static final String CLEAR = "\u001b[H\u001b[2J";

    private final Consumer<DoctorReport> reported;

    @Mixin
    private final ScriptsOptions scripts;

    @Mixin
    private final DatabaseOptions database;

    @Option(names = "--schema", paramLabel = "NAME", description = "A schema to check; repeatable (default: all but the server's own).")
    private List<String> schemas = new ArrayList<>();

    @Option(names = "--watch", description = "Checks again and again until Ctrl-C, and reports what changed. The exit code is that of the last check.")
    private boolean watch;

    @Option(names = "--interval", paramLabel = "TIME", converter = Interval.class, description = "Time between two checks of --watch, such as 500ms, 5s or 1m (default: 5s).")
    private @Nullable Duration interval;

    @Option(names = "--output", paramLabel = "text|json", defaultValue = "text", description = "Output format: text for people, json for programs (default: ${DEFAULT-VALUE}). With --watch, each report is one line of JSON.")
    private OutputFormat output = OutputFormat.text;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before anything is called
    private CommandSpec spec;

    public DoctorCommand() {
        this(new ScriptsOptions(), new DatabaseOptions(), report -> {});
    }

    /**
     * With another working directory and other environment variables than the process has.
     *
     * @param reported takes the report of each look, whatever its format
     */
    DoctorCommand(ScriptsOptions scripts, DatabaseOptions database, Consumer<DoctorReport> reported) {
        this.scripts = scripts;
        this.database = database;
        this.reported = reported;
    }

    @Override
    public Integer call() throws InterruptedException {
        if (interval != null && !watch) {
            throw CommandFailure
                    .usage("--interval says how often --watch looks; give --watch as well, or leave it out.");
        }
        try (Examiner examiner = DoctorCheck.examiner(scripts, database, schemas)) {
            return watch ? watch(examiner) : once(examiner);
        }
    }

    private int once(Examiner examiner) throws InterruptedException {
        Examination examination = examiner.look();
        Diagnosis diagnosis = Diagnosis.of(examination.observations());
        DoctorReport report = DoctorReport.of(examination, diagnosis);
        reported.accept(report);
        PrintWriter out = spec.commandLine().getOut();
        switch (output) {
            case json -> out.println(ContractJson.pretty(report));
            case text -> text(examination, diagnosis, report, Screen.of(spec)).forEach(out::println);
        }
        out.flush();
        return report.exitCode();
    }

    private int watch(Examiner examiner) throws InterruptedException {
        Duration pause = interval == null ? Duration.ofSeconds(5) : interval;
        Rounds rounds = new Rounds();
        Runtime.getRuntime().addShutdownHook(new Thread(() -> stopInOrder(rounds), "stop"));
        Screen screen = Screen.of(spec);
        boolean redrawn = Screen.isTerminal() && Paint.forTerminal().coloured();
        return rounds.run(examiner, pause, (examination, diagnosis, report, changed) -> {
            reported.accept(report);
            PrintWriter out = spec.commandLine().getOut();
            switch (output) {
                case json -> {
                    if (changed) {
                        out.println(ContractJson.line(report));
                    }
                }
                case text -> {
                    String now = Paint.forTerminal()
                            .faint("looked at " + LocalTime.now(ZoneId.systemDefault()).truncatedTo(ChronoUnit.SECONDS)
                                    + (redrawn ? "; Ctrl-C ends" : ""));
                    if (redrawn) {
                        out.print(CLEAR);
                    }
                    if (redrawn || changed) {
                        text(examination, diagnosis, report, screen).forEach(out::println);
                        out.println();
                        out.println(now);
                        out.print(redrawn ? "" : System.lineSeparator());
                    }
                }
            }
            out.flush();
            if (out.checkError()) {
                // Nobody reads any more.
                rounds.end();
            }
        });
    }

    private static List<String> text(
            Examination examination, Diagnosis diagnosis, DoctorReport report, Screen screen) {
        return new ReportText(examination, diagnosis, report, Paint.forTerminal(), screen).lines();
    }

    /** Runs when the process is asked to end, which is no failure: the exit code says what was seen last. */
    private static void stopInOrder(Rounds rounds) {
        try {
            Runtime.getRuntime().halt(rounds.endWithin(FAREWELL));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
