package dev.migrationledger.agent.policy;

import dev.migrationledger.agent.cli.TypedNames;
import dev.migrationledger.contracts.diagnosis.DivergenceCode;
import java.util.List;
import picocli.CommandLine.Option;

/** Which findings of an environment a command is about: use as a picocli mixin. */
final class FindingOptions {

    @Option(names = "--environment", paramLabel = "NAME", required = true, description = "Environment of the findings.")
    private String environment = "";

    @Option(names = "--code", paramLabel = "CODE", converter = CodeConverter.class, description = "Only findings with this code, such as schema-hole; repeat it for several (default: all but behind-head, which is never accepted).")
    List<DivergenceCode> codes = List.of();

    @Option(names = "--subject", paramLabel = "TEXT", description = "Only findings about this subject, such as a revision; repeat it for several (default: all).")
    List<String> subjects = List.of();

    /** Fails with wrong usage if it cannot be a name. */
    String environment() {
        return TypedNames.check("environment", environment);
    }
}
