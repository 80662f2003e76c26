package dev.migrationledger.ledger.audit.export;

import dev.migrationledger.contracts.audit.AuditEntry;
import dev.migrationledger.contracts.audit.AuditManifest;
import dev.migrationledger.contracts.log.LeafProof;
import dev.migrationledger.contracts.log.LogRecord;
import dev.migrationledger.contracts.text.Sha256;
import dev.migrationledger.contracts.wire.ContractJson;
import dev.migrationledger.ledger.audit.search.AuditQuestion;
import dev.migrationledger.ledger.audit.search.AuditReader.StoredEntry;
import dev.migrationledger.ledger.audit.search.AuditReader.Summary;
import dev.migrationledger.ledger.audit.search.AuditReader;
import dev.migrationledger.ledger.evidence.log.EvidenceLog;
import dev.migrationledger.ledger.evidence.log.ExportProofs;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.time.Clock;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Writes every entry of a query, in the order of positions, and then the manifest in a line of its own. Its digest is of all bytes before that line. What
 * ends early has no manifest.
 */
public final class AuditExport {

    private final AuditReader reader;
    private final ExportedRecords records;
    private final EvidenceLog log;
    private final Clock clock;

    AuditExport(AuditReader reader, ExportedRecords records, EvidenceLog log, Clock clock) {
        this.reader = reader;
        this.records = records;
        this.log = log;
        this.clock = clock;
    }

    /** Writes all of it. The stream stays open. */
    public void write(AuditQuestion question, ExportFormat format, OutputStream out) throws IOException {
        MessageDigest digest = Sha256.digest();
        OutputStream buffered = new BufferedOutputStream(out, 1 << 16);
        // Before the entries are read: its checkpoint covers what was recorded until now.
        ExportProofs proofs = format == ExportFormat.NDJSON ? log.export() : null;
        File file = new File(format, proofs, new DigestOutputStream(buffered, digest));
        try {
            file.begin();
            Summary summary = reader.readAll(question,
                    proofs == null ? Long.MAX_VALUE : proofs.lastPosition(), file::entries);
            file.end();
            AuditManifest manifest = new AuditManifest(question.query().text(), question.zone().getId(),
                    summary.first(), summary.last(), file.count, HexFormat.of().formatHex(digest.digest()),
                    clock.instant(), summary.through(), summary.blind(), summary.moreBlind(),
                    proofs == null ? null : proofs.end());
            buffered.write(utf8(switch (format) {
                case CSV -> CsvText.manifest(json(manifest));
                case NDJSON -> "{\"manifest\":" + json(manifest) + "}\n";
                case JSON -> "\"manifest\":" + json(manifest) + "}\n";
            }));
            buffered.flush();
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    private final class File {
        private final ExportFormat format;
        private final @Nullable ExportProofs proofs;
        private final OutputStream out;
        private long count;

        File(ExportFormat format, @Nullable ExportProofs proofs, OutputStream out) {
            this.format = format;
            this.proofs = proofs;
            this.out = out;
        }

        void begin() throws IOException {
            switch (format) {
                case CSV -> write(CsvText.header());
                case NDJSON -> {
                }
                case JSON -> write("{\"entries\":[");
            }
        }

        boolean entries(List<StoredEntry> page) {
            try {
                switch (format) {
                    case CSV -> {
                        for (StoredEntry entry : page) {
                            write(CsvText.line(ContractJson.read(utf8(entry.facts()), AuditEntry.class)));
                        }
                    }
                    case NDJSON -> proved(page, Objects.requireNonNull(proofs));
                    case JSON -> {
                        for (int i = 0; i < page.size(); i++) {
                            write(count + i == 0 ? "\n" : ",\n");
                            write(page.get(i).facts());
                        }
                    }
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            count += page.size();
            return true;
        }

        /** Each entry with its event as it is stored, and with what ties that to the checkpoint. */
        private void proved(List<StoredEntry> page, ExportProofs log) throws IOException {
            List<LogRecord> stored = records.of(page);
            List<Optional<LeafProof>> leaves = log.next(stored);
            Map<Long, String> rest = new HashMap<>();
            for (int i = 0; i < stored.size(); i++) {
                rest.put(stored.get(i).position(), ",\"record\":" + json(stored.get(i))
                        + leaves.get(i).map(leaf -> ",\"proof\":" + json(leaf)).orElse(""));
            }
            for (StoredEntry entry : page) {
                write(entry.facts().substring(0, entry.facts().length() - 1));
                write(rest.getOrDefault(entry.position(), ""));
                write("}\n");
            }
        }

        void end() throws IOException {
            if (format == ExportFormat.JSON) {
                write("\n],\n");
            }
            out.flush();
        }

        private void write(String text) throws IOException {
            out.write(utf8(text));
        }
    }

    private static String json(Object contract) {
        return new String(ContractJson.write(contract), StandardCharsets.UTF_8);
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
