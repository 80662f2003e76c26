package dev.migrationledger.agent.policy;

import dev.migrationledger.agent.cli.CommandFailure;
import dev.migrationledger.agent.cli.Paint;
import dev.migrationledger.contracts.policy.PolicyRefusal;
import dev.migrationledger.contracts.text.Count;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Parameters;

/** The file of a policy: use as a picocli mixin. */
final class PolicyFileOptions {

    /** Longer files are refused by the ledger, too. */
    private static final long MOST_BYTES = 1L << 20;

    @Parameters(index = "0", paramLabel = "FILE", description = "File of the policy, in YAML.")
    private Path file = Path.of("");

    /** Fails with wrong usage if it cannot be read. */
    byte[] read() {
        try {
            if (Files.size(file) > MOST_BYTES) {
                throw CommandFailure.usage("'%s' is longer than any policy may be; check FILE.".formatted(shown()));
            }
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw CommandFailure.usage("'%s' cannot be read; check FILE.".formatted(shown()));
        }
    }

    String shown() {
        return Paint.plain(file.toString());
    }

    /** Mistakes as editors and terminals make a link of them. */
    List<String> mistakes(PolicyRefusal refusal) {
        List<String> lines = new ArrayList<>();
        refusal.mistakes().forEach(mistake -> lines.add("%s:%d:%d: %s".formatted(shown(), mistake.line(),
                mistake.column(), Paint.plain(mistake.message()))));
        lines.add("");
        lines.add("The policy has %s; nothing was changed.".formatted(Count.of(refusal.mistakes().size(), "mistake")));
        return lines;
    }
}
