package dev.migrationledger.contracts.log;

import org.jspecify.annotations.Nullable;

/**
 * What a verifier reads of a line of an export, which may have other fields. All lines but the last have a record; the last one is the manifest.
 *
 * @param proof absent for an event that is not in the log
 */
public record ExportLine(
        @Nullable LogRecord record, @Nullable LeafProof proof, @Nullable Manifest manifest) {

    /**
     * What ends an export, which may have other fields.
     *
     * @param log absent in an export without proofs
     */
    public record Manifest(@Nullable ExportProof log) {}
}
