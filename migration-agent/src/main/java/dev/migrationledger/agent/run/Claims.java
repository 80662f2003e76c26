package dev.migrationledger.agent.run;

import dev.migrationledger.contracts.text.Redaction;
import dev.migrationledger.contracts.event.RunClaim;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a run says about itself. */
final class Claims {

    /** A claim is an event among others; a generated command line may be endless. */
    private static final int MOST_ARGUMENTS = 100;
    private static final int LONGEST_ARGUMENT = 500;

    private Claims() {}

    static RunClaim of(
            List<String> command, @Nullable String image, @Nullable String ai, Map<String, String> variables) {
        List<String> words = Redaction.of(command).stream()
                .limit(MOST_ARGUMENTS)
                .map(word -> word.length() > LONGEST_ARGUMENT ? word.substring(0, LONGEST_ARGUMENT) + "…" : word)
                .toList();
        return new RunClaim(
                words, present(System.getProperty("user.name")), host(variables),
                GitCommit.at(Path.of("").toAbsolutePath()).orElse(null), present(image), CiVariables.of(variables),
                present(ai == null ? AiVariables.of(variables) : ai));
    }

    /** Asked of the kernel rather than of name services, which may take their time. */
    private static @Nullable String host(Map<String, String> variables) {
        try {
            return present(Files.readString(Path.of("/proc/sys/kernel/hostname")));
        } catch (IOException e) {
            String name = variables.get("HOSTNAME");
            return present(name == null ? variables.get("COMPUTERNAME") : name);
        }
    }

    /** Java says {@code ?} where the user has a number and no name. */
    private static @Nullable String present(@Nullable String text) {
        return text == null || text.isBlank() || text.equals("?") ? null : text.strip();
    }
}
