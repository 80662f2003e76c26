package dev.migrationledger.agent.audit;

import dev.migrationledger.agent.cli.CommandFailure;
import dev.migrationledger.contracts.log.ExportLine.Manifest;
import dev.migrationledger.contracts.log.ExportLine;
import dev.migrationledger.contracts.log.ExportProof;
import dev.migrationledger.contracts.wire.ContractJson;
import dev.migrationledger.contracts.wire.WireException;
import dev.migrationledger.core.export.ExportVerifier;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** An NDJSON export of a ledger. Its last line is the manifest, which is read first; then the lines are read one by one. */
final class ExportFile {

    /** A manifest has a checkpoint and some dozens of hashes. */
    private static final int LONGEST_MANIFEST = 1 << 20;

    private final Path path;

    ExportFile(Path path) {
        this.path = path;
    }

    /**
     * What the manifest says about the log.
     *
     * @throws CommandFailure if this is no export with proofs
     */
    ExportProof proof() {
        Manifest manifest = read(lastLine()).manifest();
        ExportProof proof = manifest == null ? null : manifest.log();
        if (proof == null) {
            throw CommandFailure.usage(
                    "'%s' is not an NDJSON export with proofs: its last line has no manifest.log. Export it again with --export ndjson."
                            .formatted(path));
        }
        return proof;
    }

    private String lastLine() {
        try (RandomAccessFile file = new RandomAccessFile(path.toFile(), "r")) {
            byte[] end = new byte[(int) Math.min(LONGEST_MANIFEST, file.length())];
            file.seek(file.length() - end.length);
            file.readFully(end);
            String text = new String(end, StandardCharsets.UTF_8).stripTrailing();
            return text.substring(text.lastIndexOf('\n') + 1);
        } catch (IOException e) {
            throw CommandFailure.usage("Cannot read '%s': %s. Name a file that 'audit --export ndjson' wrote."
                    .formatted(path, e.getMessage()));
        }
    }

    /** Gives all lines to a verifier. */
    void verify(ExportVerifier verifier) {
        try (BufferedReader reader = Files.newBufferedReader(path)) {
            long number = 0;
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                number++;
                ExportLine read = line(line);
                if (read != null && read.record() != null) {
                    verifier.add(number, read.record(), read.proof());
                } else if (read == null || read.manifest() == null) {
                    verifier.addWithoutRecord(number);
                }
            }
            verifier.end();
        } catch (IOException e) {
            throw CommandFailure.unknown("Cannot read '%s': %s".formatted(path, e.getMessage()));
        }
    }

    private static @Nullable ExportLine line(String json) {
        try {
            return ContractJson.read(json.getBytes(StandardCharsets.UTF_8), ExportLine.class);
        } catch (WireException notALine) {
            return null;
        }
    }

    private ExportLine read(String json) {
        ExportLine line = line(json);
        return line == null ? new ExportLine(null, null, null) : line;
    }
}
