package dev.migrationledger.contracts.audit;

import dev.migrationledger.contracts.audit.AuditPage.BlindTime;
import dev.migrationledger.contracts.audit.AuditPage.Through;
import dev.migrationledger.contracts.log.ExportProof;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What an export contains: its last line. A file without it is not complete.
 *
 * @param query as the ledger read it
 * @param zone in which its times are
 * @param first position that was searched
 * @param last position that was searched
 * @param count of entries
 * @param sha256 of all bytes of the file before the line with the manifest, in lower-case hexadecimal
 * @param exportedAt by the ledger's clock
 * @param blind times in which agents could not see, as in {@link AuditPage}
 * @param moreBlind how many there are beyond those
 * @param log what ties the lines to a checkpoint of the evidence log; absent in other formats than NDJSON
 */
public record AuditManifest(
        String query, String zone, long first, long last, long count, String sha256, Instant exportedAt,
        Through completeThrough, List<BlindTime> blind, long moreBlind,
        @Nullable ExportProof log) {

    public AuditManifest {
        blind = List.copyOf(blind);
    }
}
