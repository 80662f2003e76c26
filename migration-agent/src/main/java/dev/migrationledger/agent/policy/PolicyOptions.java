package dev.migrationledger.agent.policy;

import dev.migrationledger.agent.cli.CommandFailure;
import dev.migrationledger.agent.cli.LedgerOptions;
import dev.migrationledger.agent.cli.OutputOptions;
import dev.migrationledger.agent.cli.TypedNames;
import dev.migrationledger.agent.send.http.LedgerClient;
import java.io.PrintWriter;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;

/** What all commands about policies share: use as a picocli mixin. */
final class PolicyOptions {

    @Mixin
    private final LedgerOptions ledger = new LedgerOptions();

    @Mixin
    private final OutputOptions output = new OutputOptions();

    String project() {
        return TypedNames.check("project", required("--project", ledger.project()));
    }

    LedgerClient client() {
        return LedgerClient.at(required("--ledger", ledger.ledger()));
    }

    /** Of the policy's address in the ledger. */
    String path() {
        return "/api/v1/projects/%s/policy".formatted(project());
    }

    void print(PrintWriter out, Object answer, Supplier<List<String>> lines) {
        output.print(out, answer, lines);
    }

    private static String required(String option, @Nullable String value) {
        if (value == null) {
            throw CommandFailure.usage("%s is missing; policies are in the ledger, one for each project."
                    .formatted(option));
        }
        return value;
    }
}
