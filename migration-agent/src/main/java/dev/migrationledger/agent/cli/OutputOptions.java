package dev.migrationledger.agent.cli;

import dev.migrationledger.contracts.wire.ContractJson;
import java.io.PrintWriter;
import java.util.List;
import java.util.function.Supplier;
import picocli.CommandLine.Option;

/** How a command answers, the same in every command: use as a picocli mixin. */
public final class OutputOptions {

    @Option(names = "--output", paramLabel = "text|json", defaultValue = "text", description = "Output format: text for people, json for programs (default: ${DEFAULT-VALUE}).")
    private OutputFormat format = OutputFormat.text;

    /** Whether a person reads the answer. */
    public boolean isText() {
        return format == OutputFormat.text;
    }

    /**
     * Prints the answer of a command.
     *
     * @param answer for programs
     * @param lines the same for people
     */
    public void print(PrintWriter out, Object answer, Supplier<List<String>> lines) {
        switch (format) {
            case json -> out.println(ContractJson.pretty(answer));
            case text -> lines.get().forEach(out::println);
        }
        out.flush();
    }
}
