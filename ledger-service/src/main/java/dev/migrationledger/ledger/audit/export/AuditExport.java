package dev.migrationledger.ledger.audit.export;

import dev.migrationledger.contracts.audit.AuditManifest;
import dev.migrationledger.contracts.log.ExportLine;
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
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Writes every entry of a query, in the order of positions, and then the manifest in a line of its own. Its digest is of all bytes before that line. What
 * ends early has no manifest.
 */
public final class AuditExport {

    private static final int BUFFER = 1 << 16;

    private static final byte[] FIRST = utf8("\n");
    private static final byte[] NEXT = utf8(",\n");

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
        // Before the entries are read: its checkpoint covers what was recorded until now.
        ExportProofs proofs = format == ExportFormat.NDJSON ? log.export() : null;
        // The digest gets large pieces: the buffer is before it.
        OutputStream buffered = new BufferedOutputStream(new DigestOutputStream(out, digest), BUFFER);
        try (WriteBehind behind = new WriteBehind()) {
            File file = new File(format, proofs, buffered, behind);
            file.begin();
            Summary summary = reader.readAll(question,
                    proofs == null ? Long.MAX_VALUE : proofs.lastPosition(), file::entries);
            file.end();
            AuditManifest manifest = new AuditManifest(question.query().text(), question.zone().getId(),
                    summary.first(), summary.last(), file.count, HexFormat.of().formatHex(digest.digest()),
                    clock.instant(), summary.through(), summary.blind(), summary.moreBlind(),
                    proofs == null ? null : proofs.end());
            String json = utf8(ContractJson.write(manifest));
            out.write(utf8(switch (format) {
                case CSV -> CsvText.manifest(json);
                case NDJSON -> "{\"manifest\":" + json + "}\n";
                case JSON -> "\"manifest\":" + json + "}\n";
            }));
            out.flush();
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    private final class File {
        private final ExportFormat format;
        private final @Nullable ExportProofs proofs;
        private final OutputStream out;
        private final WriteBehind behind;
        private final CsvEntries csv = new CsvEntries();
        private long count;

        File(ExportFormat format, @Nullable ExportProofs proofs, OutputStream out, WriteBehind behind) {
            this.format = format;
            this.proofs = proofs;
            this.out = out;
            this.behind = behind;
        }

        void begin() throws IOException {
            switch (format) {
                case CSV -> out.write(utf8(CsvText.header()));
                case NDJSON -> {
                }
                case JSON -> out.write(utf8("{\"entries\":["));
            }
        }

        boolean entries(List<StoredEntry> page) {
            behind.write(switch (format) {
                case CSV -> () -> csv(page);
                case NDJSON -> proved(page, Objects.requireNonNull(proofs));
                case JSON -> {
                    boolean first = count == 0;
                    yield () -> json(page, first);
                }
            });
            count += page.size();
            return true;
        }

        private void csv(List<StoredEntry> page) throws IOException {
            for (StoredEntry entry : page) {
                out.write(utf8(csv.line(entry.facts())));
            }
        }

        private void json(List<StoredEntry> page, boolean first) throws IOException {
            for (int i = 0; i < page.size(); i++) {
                out.write(first && i == 0 ? FIRST : NEXT);
                out.write(page.get(i).facts());
            }
        }

        /** Each entry with its event as it is stored, and with what ties that to the checkpoint. Asks the database before it returns. */
        private WriteBehind.Part proved(List<StoredEntry> page, ExportProofs log) {
            List<LogRecord> stored = records.of(page);
            List<Optional<LeafProof>> leaves = log.next(stored);
            return () -> {
                int next = 0;
                for (StoredEntry entry : page) {
                    if (next < stored.size() && stored.get(next).position() == entry.position()) {
                        byte[] rest = ContractJson.write(
                                new ExportLine(stored.get(next), leaves.get(next).orElse(null), null));
                        // The fields of both, in one object.
                        out.write(entry.facts(), 0, entry.facts().length - 1);
                        out.write(',');
                        out.write(rest, 1, rest.length - 1);
                        next++;
                    } else {
                        out.write(entry.facts());
                    }
                    out.write('\n');
                }
            };
        }

        void end() throws IOException {
            behind.await();
            if (format == ExportFormat.JSON) {
                out.write(utf8("\n],\n"));
            }
            out.flush();
        }
    }

    private static String utf8(byte[] text) {
        return new String(text, StandardCharsets.UTF_8);
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
