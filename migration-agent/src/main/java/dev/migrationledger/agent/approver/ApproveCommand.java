package dev.migrationledger.agent.approver;

import dev.migrationledger.agent.cli.ExitCode;
import dev.migrationledger.agent.cli.Paint;
import dev.migrationledger.agent.send.http.LedgerClient;
import dev.migrationledger.agent.send.http.LedgerClient.Answer;
import dev.migrationledger.contracts.audit.ActionComment;
import dev.migrationledger.contracts.gate.DeployRecord;
import dev.migrationledger.contracts.text.ListText;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code approve}. */
@Command(name = "approve", description = "Approves a deploy that the gate was asked about. Counts for the same scripts and rows.", mixinStandardHelpOptions = true, exitCodeList = {
    "0:Approved.",
    "1:You asked for this deploy; another approver has to approve it.",
    "2:Wrong usage, or no such deploy.",
    "3:The ledger cannot be reached, or forbids it."})
public final class ApproveCommand implements Callable<Integer> {

    private static final int MOST_NAMED = 4;

    @Parameters(index = "0", paramLabel = "DEPLOY", description = "Id of the deploy, as the answer of the gate shows it.")
    private UUID deploy = new UUID(0, 0);

    @Option(names = "--comment", paramLabel = "TEXT", description = "What you add to the approval (default: none).")
    private @Nullable String comment;

    @Mixin
    private final ApproverOptions options = new ApproverOptions();

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before anything is called
    private CommandSpec spec;

    @Override
    public Integer call() {
        try (LedgerClient ledger = options.client()) {
            Answer answer = options.post(ledger, "/deploys/%s/approve".formatted(deploy),
                    new ActionComment(comment));
            if (ApproverOptions.isRefused(answer, spec, "own-deploy")) {
                return ExitCode.FINDINGS;
            }
            DeployRecord approved = answer.read(DeployRecord.class);
            options.print(spec.commandLine().getOut(), approved, () -> lines(approved));
            return ExitCode.OK;
        }
    }

    private List<String> lines(DeployRecord approved) {
        List<String> pending = approved.asked().pending();
        List<String> lines = new ArrayList<>(List.of(
                "Approved deploy %s of %s.".formatted(approved.deploy(), options.environment()),
                "Ask the gate again: approvals count for the same scripts and rows.",
                "",
                "asked by  " + Paint.plain(approved.asked().by()),
                "to run    " + (pending.isEmpty() ? "nothing" : Paint.plain(ListText.and(pending, MOST_NAMED))),
                "approved  by " + Paint.plain(ListText.and(approved.approvers(), MOST_NAMED))));
        approved.comments().stream().limit(MOST_NAMED).forEach(
                it -> lines.add("          %s: %s".formatted(Paint.plain(it.by()), Paint.plain(it.comment()))));
        return lines;
    }
}
