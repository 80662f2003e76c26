package dev.migrationledger.agent.gate;

import dev.migrationledger.agent.cli.CommandFailure;
import dev.migrationledger.agent.home.OwnersFiles;
import dev.migrationledger.contracts.gate.LocalDecision;
import dev.migrationledger.contracts.policy.SignedPolicy;
import dev.migrationledger.contracts.wire.ContractJson;
import dev.migrationledger.contracts.wire.WireException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What the gate keeps of one environment for a time in which the ledger does not answer: the last policy that it signed, and decisions that it
 * does not have yet.
 */
final class GateFolder {

    private static final String DECISION = ".decision.json";

    /** So many decisions are delivered at once; the rest later. */
    private static final int MOST = 100;

    private final Path folder;

    GateFolder(Path folder) {
        this.folder = folder;
    }

    /**
     * The usual one, below the home directory.
     *
     * @param ledger host and port
     */
    static GateFolder usual(String ledger, String project, String environment, Map<String, String> variables) {
        try {
            return new GateFolder(OwnersFiles.home(variables).resolve("gate").resolve(OwnersFiles.named(ledger))
                    .resolve(project).resolve(environment));
        } catch (InvalidPathException e) {
            throw CommandFailure.usage("A folder cannot have these names: %s.".formatted(e.getReason()));
        }
    }

    /** Keeps a policy instead of the one before. */
    void keep(SignedPolicy policy) throws IOException {
        write(policyFile(), ContractJson.write(policy));
    }

    /**
     * The policy.
     *
     * @return empty where there is none
     * @throws WireException if the file is none
     */
    Optional<SignedPolicy> policy() throws IOException {
        Path file = policyFile();
        return Files.exists(file)
                ? Optional.of(ContractJson.read(Files.readAllBytes(file), SignedPolicy.class))
                : Optional.empty();
    }

    Path policyFile() {
        return folder.resolve("policy.json");
    }

    /** Keeps a decision until it is {@link #delivered}. */
    void keep(LocalDecision decision) throws IOException {
        write(folder.resolve(decision.deploy() + DECISION), ContractJson.write(decision));
    }

    /** Files of decisions that the ledger does not have; {@link #decision} reads one. */
    List<Path> undelivered() throws IOException {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.getFileName().toString().endsWith(DECISION)).sorted().limit(MOST).toList();
        }
    }

    /**
     * Reads a decision.
     *
     * @throws WireException if the file is none
     */
    static LocalDecision decision(Path file) throws IOException {
        return ContractJson.read(Files.readAllBytes(file), LocalDecision.class);
    }

    /** The ledger has it. */
    static void delivered(Path file) throws IOException {
        Files.deleteIfExists(file);
    }

    /** It is kept for people, and not sent again. */
    static Path setAside(Path file) throws IOException {
        return Files.move(file, file.resolveSibling(file.getFileName() + ".refused"),
                StandardCopyOption.REPLACE_EXISTING);
    }

    private void write(Path file, byte[] bytes) throws IOException {
        OwnersFiles.createFolder(folder);
        OwnersFiles.write(file, bytes);
    }
}
