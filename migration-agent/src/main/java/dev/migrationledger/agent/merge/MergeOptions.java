package dev.migrationledger.agent.merge;

import dev.migrationledger.agent.cli.CommandFailure;
import dev.migrationledger.agent.cli.ErrorLines;
import dev.migrationledger.agent.cli.LedgerOptions;
import dev.migrationledger.agent.cli.OutputOptions;
import dev.migrationledger.agent.cli.Paint;
import dev.migrationledger.agent.send.http.LedgerClient.Answer;
import dev.migrationledger.agent.send.http.LedgerClient;
import dev.migrationledger.contracts.merge.MergeProposal.Status;
import dev.migrationledger.contracts.merge.MergeProposal;
import dev.migrationledger.contracts.problem.Problem;
import dev.migrationledger.contracts.text.ListText;
import dev.migrationledger.contracts.wire.ContractJson;
import java.io.PrintWriter;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;

/** What all commands about merges share: use as a picocli mixin. */
final class MergeOptions {

    private static final int MOST_NAMED = 4;

    @Mixin
    private final LedgerOptions target = new LedgerOptions();

    @Mixin
    private final OutputOptions output = new OutputOptions();

    /** Whether a ledger is named. */
    boolean hasLedger() {
        return target.ledger() != null;
    }

    LedgerClient client() {
        return LedgerClient.at(target.requiredLedger());
    }

    String project() {
        return target.requiredProject();
    }

    String ledger() {
        return target.requiredLedger();
    }

    /** Of the merges' address in the ledger. */
    String path() {
        return "/api/v1/projects/%s/merges".formatted(project());
    }

    /** All merges of the project, the newest first. */
    List<MergeProposal> all(LedgerClient ledger) {
        return List.of(ledger.get(path(), MergeProposal[].class));
    }

    /**
     * The merge that a person means, with what it means for each environment; fails with wrong usage if it is not clear.
     *
     * @param named an id, or one of its heads; absent: the only one that is open
     */
    MergeProposal find(LedgerClient ledger, @Nullable String named) {
        List<MergeProposal> all = all(ledger);
        List<MergeProposal> meant = named == null
                ? all.stream().filter(one -> one.status() == Status.OPEN).toList()
                : all.stream().filter(one -> one.merge().toString().equals(named)
                        || (isCurrent(one) && one.content().heads().contains(named))).toList();
        if (meant.size() == 1) {
            return ledger.get(path() + "/" + meant.getFirst().merge(), MergeProposal.class);
        }
        if (meant.isEmpty()) {
            throw CommandFailure.usage(named == null
                    ? "%s has no open merge. 'merge list' shows all.".formatted(project())
                    : "%s has no merge with the id or the head '%s'. 'merge list' shows all.".formatted(project(),
                            Paint.plain(named)));
        }
        throw CommandFailure.usage("%s has several such merges; name one of %s.".formatted(project(),
                ListText.and(meant.stream().map(one -> one.merge().toString()).toList(), MOST_NAMED)));
    }

    private static boolean isCurrent(MergeProposal merge) {
        return merge.status() != Status.APPLIED && merge.status() != Status.OBSOLETE;
    }

    Answer post(LedgerClient ledger, String path, @Nullable Object body) {
        return body == null
                ? ledger.send("POST", path() + path, new byte[0])
                : ledger.send("POST", path() + path, ContractJson.write(body), "Content-Type", "application/json");
    }

    /** Whether the ledger refuses because of how things are; why is printed. */
    static boolean isRefused(Answer answer, CommandSpec command) {
        Optional<Problem> problem = Stream
                .of("not-open", "ran-already", "not-possible", "not-yours", "other-content", "address-unknown")
                .map(code -> answer.problem(code, Problem.class)).flatMap(Optional::stream).findFirst();
        problem.ifPresent(it -> ErrorLines.print(command.commandLine().getErr(), it.detail()));
        return problem.isPresent();
    }

    void print(PrintWriter out, Object answer, Supplier<List<String>> lines) {
        output.print(out, answer, lines);
    }
}
