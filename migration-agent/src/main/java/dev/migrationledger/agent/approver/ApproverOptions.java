package dev.migrationledger.agent.approver;

import dev.migrationledger.agent.cli.CommandFailure;
import dev.migrationledger.agent.cli.EnvironmentOptions;
import dev.migrationledger.agent.cli.ErrorLines;
import dev.migrationledger.agent.cli.OutputOptions;
import dev.migrationledger.agent.send.http.LedgerClient;
import dev.migrationledger.agent.send.http.LedgerClient.Answer;
import dev.migrationledger.contracts.gate.GateOverride;
import dev.migrationledger.contracts.problem.Problem;
import dev.migrationledger.contracts.wire.ContractJson;
import java.io.PrintWriter;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;

/** What all commands of approvers share: use as a picocli mixin. */
final class ApproverOptions {

    @Mixin
    private final EnvironmentOptions target = new EnvironmentOptions();

    @Mixin
    private final OutputOptions output = new OutputOptions();

    LedgerClient client() {
        return LedgerClient.at(target.requiredLedger());
    }

    /** The environment with its project. */
    String environment() {
        return target.requiredProject() + "/" + target.requiredEnvironment();
    }

    /** Of the environment's address in the ledger. */
    String path() {
        return "/api/v1/projects/%s/environments/%s".formatted(target.requiredProject(), target.requiredEnvironment());
    }

    /** All overrides of the environment, the newest first. */
    List<GateOverride> overrides(LedgerClient ledger) {
        return List.of(ledger.get(path() + "/overrides", GateOverride[].class));
    }

    /** The newest override, which alone can be changed; fails with wrong usage if there is none. */
    GateOverride last(LedgerClient ledger) {
        return overrides(ledger).stream().findFirst()
                .orElseThrow(() -> CommandFailure.usage("%s has no override.".formatted(environment())));
    }

    Answer post(LedgerClient ledger, String path, @Nullable Object body) {
        return body == null
                ? ledger.send("POST", path() + path, new byte[0])
                : ledger.send("POST", path() + path, ContractJson.write(body), "Content-Type", "application/json");
    }

    /** Whether the ledger refuses because of how things are, with one of these codes; why is printed. */
    static boolean isRefused(Answer answer, CommandSpec command, String... codes) {
        Optional<Problem> problem = Stream.of(codes).map(code -> answer.problem(code, Problem.class))
                .flatMap(Optional::stream).findFirst();
        problem.ifPresent(it -> ErrorLines.print(command.commandLine().getErr(), it.detail()));
        return problem.isPresent();
    }

    void print(PrintWriter out, Object answer, Supplier<List<String>> lines) {
        output.print(out, answer, lines);
    }
}
