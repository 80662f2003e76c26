package dev.migrationledger.agent.enroll;

import dev.migrationledger.agent.cli.CommandFailure;
import dev.migrationledger.agent.cli.ExitCode;
import dev.migrationledger.agent.cli.OutputOptions;
import dev.migrationledger.agent.cli.Paint;
import dev.migrationledger.agent.identity.AgentKeyFile;
import dev.migrationledger.agent.send.http.LedgerClient;
import dev.migrationledger.contracts.identity.AgentKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code enroll}: makes a key and has a ledger accept it. */
@Command(name = "enroll", description = "Gives this machine's agents a key, with which they sign what they send to a ledger.", mixinStandardHelpOptions = true, exitCodeList = {
    "0:Enrolled.",
    "2:Wrong usage, or the code is not accepted.",
    "3:The ledger cannot be reached."}, footer = {
        "",
        "An administrator of the ledger makes the code. It works once. The key never leaves this machine."})
public final class EnrollCommand implements Callable<Integer> {

    @Option(names = "--ledger", paramLabel = "URL", required = true, description = "URL of the ledger: http://host:port.")
    private String ledger = "";

    @Option(names = "--code", paramLabel = "CODE", required = true, description = "The one-time code, which begins with mle_.")
    private String code = "";

    @Option(names = "--key", paramLabel = "FILE", description = "File for the key (default: $" + AgentKeyFile.VARIABLE
            + ", or ~/.migration-ledger/keys/HOST-PORT.pem).")
    private @Nullable Path key;

    @Option(names = "--agent", paramLabel = "NAME", description = "Name of the key in the ledger's list (default: the host name).")
    private @Nullable String name;

    @Mixin
    private final OutputOptions output = new OutputOptions();

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before anything is called
    private CommandSpec spec;

    @Override
    public Integer call() {
        Map<String, String> variables = System.getenv();
        try (LedgerClient asked = LedgerClient.unsigned(ledger)) {
            Path file = key == null ? AgentKeyFile.usual(asked.host(), variables) : key;
            AgentKeyFile made = AgentKeyFile.make(file);
            Path written = made.write();
            AgentKey accepted;
            try {
                accepted = asked.enrol(code.strip(), name == null ? hostName() : name, made);
            } catch (CommandFailure refused) {
                AgentKeyFile.discard(written);
                throw refused;
            }
            made.keep(written);
            output.print(spec.commandLine().getOut(), accepted, () -> lines(accepted, file));
            return ExitCode.OK;
        }
    }

    private List<String> lines(AgentKey accepted, Path file) {
        return List.of(
                "Enrolled '%s' for %s/%s.".formatted(Paint.plain(accepted.name()), Paint.plain(accepted.project()),
                        Paint.plain(accepted.environment())),
                "Key      %s".formatted(accepted.key()),
                "File     %s".formatted(file));
    }

    private static String hostName() {
        try {
            return Files.readString(Path.of("/proc/sys/kernel/hostname")).strip();
        } catch (IOException e) {
            throw CommandFailure.usage("The host name cannot be read; name the agent with --agent NAME.");
        }
    }
}
