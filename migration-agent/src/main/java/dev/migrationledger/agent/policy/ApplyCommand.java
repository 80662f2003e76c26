package dev.migrationledger.agent.policy;

import dev.migrationledger.agent.cli.ErrorLines;
import dev.migrationledger.agent.cli.ExitCode;
import dev.migrationledger.agent.cli.Paint;
import dev.migrationledger.agent.send.http.LedgerClient;
import dev.migrationledger.agent.send.http.LedgerClient.Answer;
import dev.migrationledger.contracts.policy.PolicyRefusal;
import dev.migrationledger.contracts.policy.ProjectPolicy;
import dev.migrationledger.contracts.problem.Problem;
import dev.migrationledger.contracts.text.Count;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code policy apply}. */
@Command(name = "apply", description = "Applies a file in place of the project's policy, and shows what changed.", mixinStandardHelpOptions = true, exitCodeList = {
    "0:Applied, or it counts already.",
    "1:The file has mistakes, or another version was applied meanwhile.",
    "2:Wrong usage.",
    "3:The ledger cannot be reached, or forbids it."})
final class ApplyCommand implements Callable<Integer> {

    /** A longer list is not read; both files are there. */
    private static final int MOST_LINES = 40;

    @Mixin
    private final PolicyFileOptions file = new PolicyFileOptions();

    @Option(names = "--replaces", paramLabel = "N", description = "Applies it only in place of version N (default: the version that counts when the command starts).")
    private @Nullable Integer replaces;

    @Mixin
    private final PolicyOptions options = new PolicyOptions();

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before anything is called
    private CommandSpec spec;

    @Override
    public Integer call() {
        byte[] text = file.read();
        try (LedgerClient ledger = options.client()) {
            ProjectPolicy before = ledger.get(options.path(), ProjectPolicy.class);
            int version = replaces == null ? before.version() : replaces;
            Answer answer = ledger.send("PUT", options.path(), text, "Content-Type", "application/yaml",
                    "If-Match", "\"%d\"".formatted(version));
            Optional<PolicyRefusal> refusal = answer.problem(PolicyRefusal.CODE, PolicyRefusal.class);
            if (refusal.isPresent()) {
                options.print(spec.commandLine().getOut(), refusal.get(), () -> file.mistakes(refusal.get()));
                return ExitCode.FINDINGS;
            }
            Optional<Problem> changed = answer.problem(ProjectPolicy.CHANGED, Problem.class);
            if (changed.isPresent()) {
                ErrorLines.print(spec.commandLine().getErr(), changed.get().detail());
                return ExitCode.FINDINGS;
            }
            ProjectPolicy after = answer.read(ProjectPolicy.class);
            options.print(spec.commandLine().getOut(), after, () -> changes(before, after));
            return ExitCode.OK;
        }
    }

    private static List<String> changes(ProjectPolicy before, ProjectPolicy after) {
        String project = Paint.plain(after.project());
        if (before.version() == after.version()) {
            return List.of("Version %d of %s has this text already.".formatted(after.version(), project));
        }
        List<String> lines = new ArrayList<>();
        lines.add(before.version() == 0
                ? "Applied version %d of %s, in place of the defaults.".formatted(after.version(), project)
                : "Applied version %d of %s, in place of version %d.".formatted(after.version(), project,
                        before.version()));
        if (before.text() != null) {
            lines.addAll(difference(before.text().lines().toList(),
                    Objects.requireNonNullElse(after.text(), "").lines().toList()));
        }
        return lines;
    }

    /** The lines between what both texts begin and end with. */
    private static List<String> difference(List<String> before, List<String> after) {
        int least = Math.min(before.size(), after.size());
        int front = 0;
        while (front < least && before.get(front).equals(after.get(front))) {
            front++;
        }
        int back = 0;
        while (back < least - front && before.reversed().get(back).equals(after.reversed().get(back))) {
            back++;
        }
        List<String> lines = new ArrayList<>();
        before.subList(front, before.size() - back).forEach(line -> lines.add("- " + Paint.plain(line)));
        after.subList(front, after.size() - back).forEach(line -> lines.add("+ " + Paint.plain(line)));
        if (lines.size() > MOST_LINES) {
            int more = lines.size() - MOST_LINES;
            lines.subList(MOST_LINES, lines.size()).clear();
            lines.add("… and %s more".formatted(Count.of(more, "line")));
        }
        return lines;
    }
}
