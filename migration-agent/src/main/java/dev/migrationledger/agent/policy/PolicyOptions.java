package dev.migrationledger.agent.policy;

import dev.migrationledger.agent.cli.LedgerOptions;
import dev.migrationledger.agent.cli.OutputOptions;
import dev.migrationledger.agent.send.http.LedgerClient;
import java.io.PrintWriter;
import java.util.List;
import java.util.function.Supplier;
import picocli.CommandLine.Mixin;

/** What all commands about policies share: use as a picocli mixin. */
final class PolicyOptions {

    @Mixin
    private final LedgerOptions ledger = new LedgerOptions();

    @Mixin
    private final OutputOptions output = new OutputOptions();

    LedgerClient client() {
        return LedgerClient.at(ledger.requiredLedger());
    }

    /** Of the policy's address in the ledger. */
    String path() {
        return "/api/v1/projects/%s/policy".formatted(ledger.requiredProject());
    }

    void print(PrintWriter out, Object answer, Supplier<List<String>> lines) {
        output.print(out, answer, lines);
    }
}
