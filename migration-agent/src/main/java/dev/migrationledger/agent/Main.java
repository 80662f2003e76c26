package dev.migrationledger.agent;

import dev.migrationledger.agent.approver.ApproveCommand;
import dev.migrationledger.agent.approver.OverrideCommand;
import dev.migrationledger.agent.audit.AuditCommand;
import dev.migrationledger.agent.capture.CaptureCommand;
import dev.migrationledger.agent.cli.AgentVersion;
import dev.migrationledger.agent.cli.CommandFailure;
import dev.migrationledger.agent.cli.ErrorLines;
import dev.migrationledger.agent.cli.ExitCode;
import dev.migrationledger.agent.cli.HelpLayout;
import dev.migrationledger.agent.compare.CompareCommand;
import dev.migrationledger.agent.doctor.DoctorCommand;
import dev.migrationledger.agent.enroll.EnrollCommand;
import dev.migrationledger.agent.gate.GateCommand;
import dev.migrationledger.agent.history.HeadsCommand;
import dev.migrationledger.agent.history.HistoryCommand;
import dev.migrationledger.agent.history.ShowCommand;
import dev.migrationledger.agent.mcp.McpCommand;
import dev.migrationledger.agent.merge.MergeCommand;
import dev.migrationledger.agent.policy.PolicyCommand;
import dev.migrationledger.agent.run.RunCommand;
import dev.migrationledger.agent.scan.ScanCommand;
import dev.migrationledger.agent.schema.SchemaCommand;
import dev.migrationledger.agent.watch.ObserveCommand;
import dev.migrationledger.agent.watch.WatchCommand;
import dev.migrationledger.contracts.text.ListText;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine;

/** {@code java -jar migration-agent.jar}. */
@Command(name = "migration-agent", description = "Shows which migration a database is really at.", mixinStandardHelpOptions = true, versionProvider = Main.Version.class, footer = {
    "",
    "Run 'migration-agent COMMAND --help' for the options of a command."})
public final class Main {

    private static final Pattern OPTION = Pattern.compile("--[\\w-]+|-\\w");

    /** In the order of the help. */
    private static final List<Subcommand> SUBCOMMANDS = List.of(
            new Subcommand("doctor", DoctorCommand.class),
            new Subcommand("gate", GateCommand.class),
            new Subcommand("scan", ScanCommand.class),
            new Subcommand("heads", HeadsCommand.class),
            new Subcommand("history", HistoryCommand.class),
            new Subcommand("show", ShowCommand.class),
            new Subcommand("watch", WatchCommand.class),
            new Subcommand("observe", ObserveCommand.class),
            new Subcommand("run", RunCommand.class),
            new Subcommand("capture", CaptureCommand.class),
            new Subcommand("compare", CompareCommand.class),
            new Subcommand("schema", SchemaCommand.class),
            new Subcommand("enroll", EnrollCommand.class),
            new Subcommand("policy", PolicyCommand.class),
            new Subcommand("approve", ApproveCommand.class),
            new Subcommand("override", OverrideCommand.class),
            new Subcommand("merge", MergeCommand.class),
            new Subcommand("audit", AuditCommand.class),
            new Subcommand("mcp", McpCommand.class));

    /** @param name as its annotation has it, which is slow to read */
    private record Subcommand(String name, Class<?> type) {}

    private Main() {}

    public static void main(String[] args) {
        // All texts are English, and the numbers in them: events keep some.
        Locale.setDefault(Locale.ROOT);
        ErrorLines errors = new ErrorLines(System.err);
        System.setErr(new PrintStream(errors, true, StandardCharsets.UTF_8));
        // JSON is UTF-8 whatever the locale says, and so are the names that migrations have.
        CommandLine commandLine = commandLineFor(args)
                .setOut(new PrintWriter(System.out, true, StandardCharsets.UTF_8))
                .setErr(new PrintWriter(System.err, true, StandardCharsets.UTF_8));
        int exit = execute(commandLine, args);
        errors.close();
        System.exit(exit);
    }

    /** Runs a command. Whatever ends it, the exit code says what is known: 1 means findings, and a failure finds nothing. */
    public static int execute(CommandLine commandLine, String... args) {
        try {
            return commandLine.execute(args);
        } catch (StackOverflowError | OutOfMemoryError e) {
            commandLine.getErr().println(
                    "migration-agent: out of memory (%s; heap limit %d MB). Start it with a larger heap, such as java -Xmx1g -jar migration-agent.jar …"
                            .formatted(e.getClass().getSimpleName(), Runtime.getRuntime().maxMemory() >> 20));
        } catch (RuntimeException | Error e) {
            commandLine.getErr().println("migration-agent: internal error, please report it: " + e);
        }
        return ExitCode.UNKNOWN;
    }

    /** The whole command line. */
    public static CommandLine commandLine() {
        return commandLine(SUBCOMMANDS);
    }

    /**
     * The part of the command line that these arguments need: picocli takes longer to look at the options of all commands than most commands
     * take to do their work.
     */
    public static CommandLine commandLineFor(String... args) {
        List<Subcommand> one = SUBCOMMANDS.stream().filter(command -> args.length > 0 && command.name().equals(args[0]))
                .toList();
        return commandLine(one.isEmpty() ? SUBCOMMANDS : one);
    }

    private static CommandLine commandLine(List<Subcommand> subcommands) {
        CommandLine commandLine = new CommandLine(new Main());
        subcommands.forEach(command -> commandLine.addSubcommand(command.name(), command.type()));
        commandLine
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setParameterExceptionHandler(Main::wrongUsage)
                .setExecutionExceptionHandler(Main::failure);
        // Options after the command that 'run' starts are that command's own.
        commandLine.getSubcommands().forEach((name, one) -> one.setStopAtPositional(name.equals("run")));
        // '-env:staging' is a condition of a query.
        commandLine.getSubcommands()
                .forEach((name, one) -> one.setUnmatchedOptionsArePositionalParams(name.equals("audit"))
                        .setPosixClusteredShortOptionsAllowed(!name.equals("audit")));
        return HelpLayout.of(commandLine);
    }

    private static int wrongUsage(CommandLine.ParameterException e, String[] args) {
        PrintWriter err = e.getCommandLine().getErr();
        // "Value for option option '--label'", says picocli.
        String words = e instanceof CommandLine.UnmatchedArgumentException unmatched
                ? unknown(e.getCommandLine(), unmatched.getUnmatched())
                : String.valueOf(e.getMessage()).startsWith("Missing required subcommand")
                        ? "Name a command: %s."
                                .formatted(ListText.or(SUBCOMMANDS.stream().map(Subcommand::name).toList()))
                        : String.valueOf(e.getMessage()).replace("option option", "option");
        ErrorLines.print(err, words);
        err.println("Try '" + e.getCommandLine().getCommandSpec().qualifiedName() + " --help'.");
        return ExitCode.USAGE;
    }

    /** Names of options only: what stands behind a misspelled one may be a password. */
    private static String unknown(CommandLine command, List<String> words) {
        String first = words.getFirst();
        if (command.getParent() == null && !first.startsWith("-")) {
            return "Unknown command '%s'.".formatted(first);
        }
        List<String> options = words.stream().map(OPTION::matcher).filter(Matcher::lookingAt)
                .map(option -> "'" + option.group() + "'").distinct().toList();
        return options.isEmpty()
                ? "%s not expected here."
                        .formatted(words.size() == 1 ? "One argument is" : words.size() + " arguments are")
                : "Unknown option%s: %s".formatted(options.size() == 1 ? "" : "s", String.join(", ", options));
    }

    private static int failure(Exception e, CommandLine command, CommandLine.@Nullable ParseResult parsed) {
        PrintWriter err = command.getErr();
        if (e instanceof CommandFailure failure) {
            ErrorLines.print(err, String.valueOf(failure.getMessage()));
            return failure.exitCode();
        }
        err.println("migration-agent: internal error, please report it: " + ErrorLines.shown(String.valueOf(e)));
        return ExitCode.UNKNOWN;
    }

    static final class Version implements IVersionProvider {
        @Override
        public String[] getVersion() {
            String commit = AgentVersion.commit().map(id -> " (" + id + ")").orElse("");
            return new String[]{"migration-agent " + AgentVersion.text() + commit};
        }
    }
}
