package dev.migrationledger.ledger.audit.search;

import dev.migrationledger.contracts.audit.AuditPage.BlindTime;
import dev.migrationledger.contracts.audit.AuditPage.Range;
import dev.migrationledger.contracts.audit.AuditPage.Through;
import dev.migrationledger.contracts.audit.QueryWarning;
import dev.migrationledger.ledger.audit.index.IndexedEntry;
import dev.migrationledger.ledger.audit.search.QueryCompiler.Compiled;
import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.BooleanSupplier;
import org.springframework.jdbc.core.ResultSetExtractor;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/** Reads all entries of a query in the order of their positions, in constant memory and as of one moment. */
public final class AuditReader {

    /** Entries that are in memory at once. */
    private static final int PAGE = 500;

    /** Blocks that are found at once. */
    private static final int WINDOW = 2_000;

    /** Blocks that one statement reads: few enough for the time that a statement may take. */
    private static final int LONGEST_RUN = 64;

    private final JdbcClient database;
    private final AuditIndex index;
    private final BlindTimes blind;
    private final UnknownNames names;
    private final TransactionTemplate snapshot;

    AuditReader(
            JdbcClient database, AuditIndex index, BlindTimes blind, PlatformTransactionManager transactions) {
        this.database = database;
        this.index = index;
        this.blind = blind;
        this.names = new UnknownNames(database);
        snapshot = new TransactionTemplate(transactions);
        snapshot.setIsolationLevel(TransactionDefinition.ISOLATION_REPEATABLE_READ);
        snapshot.setReadOnly(true);
    }

    /**
     * An entry as it is stored.
     *
     * @param facts JSON of an {@code AuditEntry} in UTF-8, exactly as the database sends it
     */
    @SuppressWarnings("ArrayRecordComponent") // nothing compares entries
    public record StoredEntry(long position, byte[] facts) {

        public String text() {
            return new String(facts, StandardCharsets.UTF_8);
        }
    }

    /**
     * What was searched.
     *
     * @param searched its positions and times
     * @param through every event up to there was in the audit
     * @param warnings names in the query that the ledger does not know
     */
    public record Summary(
            Range searched, Through through, List<BlindTime> blind, long moreBlind, List<QueryWarning> warnings) {
        public Summary {
            blind = List.copyOf(blind);
            warnings = List.copyOf(warnings);
        }

        public long first() {
            return searched.first();
        }

        public long last() {
            return searched.last();
        }
    }

    /** Takes entries page by page, in the order of their positions. */
    @FunctionalInterface
    public interface Pages {
        /** Whether to go on. */
        boolean take(List<StoredEntry> page);
    }

    /**
     * Hands over every entry.
     *
     * @param last position to read; a greater one than there is: all
     */
    public Summary readAll(AuditQuestion question, long last, Pages pages) {
        return read(question, 0, last, () -> true, pages);
    }

    /**
     * Hands over the entries after a position.
     *
     * @param goOn whether another block is read
     * @return of what was searched; if it stops before the end, up to the last entry that was handed over, or the last block that was read
     */
    public Summary read(AuditQuestion question, long after, BooleanSupplier goOn, Pages pages) {
        return read(question, after, Long.MAX_VALUE, goOn, pages);
    }

    private Summary read(AuditQuestion question, long after, long last, BooleanSupplier goOn, Pages pages) {
        return Objects.requireNonNull(snapshot.execute(_ -> {
            Through through = index.through();
            Compiled compiled = QueryCompiler.compile(question, index::isSelective);
            long end = read(compiled, after, Math.min(last, through.position()), goOn, pages);
            // Who goes on after an entry was blind from then on, even if nothing was recorded since.
            Instant from = after > 0 ? index.recordedTo(after) : index.recordedFrom(1);
            Range range = new Range(after + 1, end, from, index.recordedTo(end));
            BlindTimes.Some times = blind.of(question, range, end == through.position(), 0);
            return new Summary(range, through, times.some(), times.more(),
                    names.of(question.query(), question.scope()));
        }));
    }

    private long read(Compiled compiled, long after, long end, BooleanSupplier goOn, Pages pages) {
        long last = end / IndexedEntry.BLOCK;
        for (long bottom = after / IndexedEntry.BLOCK; bottom <= last; bottom += WINDOW) {
            List<Long> blocks = blocks(compiled, bottom, Math.min(last, bottom + WINDOW - 1));
            for (int from = 0; from < blocks.size();) {
                int to = endOfRun(blocks, from);
                long first = blocks.get(from) * IndexedEntry.BLOCK;
                if (!goOn.getAsBoolean()) {
                    return Math.max(after, first - 1);
                }
                long stopped = run(compiled, Math.max(after, first - 1),
                        Math.min(end, (blocks.get(to - 1) + 1) * IndexedEntry.BLOCK - 1), pages);
                if (stopped >= 0) {
                    return stopped;
                }
                from = to;
            }
        }
        return Math.max(after, end);
    }

    /** The first block that does not follow the one before it, or that would be too many. */
    private static int endOfRun(List<Long> blocks, int from) {
        int to = from + 1;
        while (to < blocks.size() && to - from < LONGEST_RUN && blocks.get(to) == blocks.get(to - 1) + 1) {
            to++;
        }
        return to;
    }

    private List<Long> blocks(Compiled compiled, long bottom, long top) {
        return database.sql("select b.block from ledger.audit_block b where b.block between :bottom and :top"
                + compiled.blocks().sql() + " order by b.block")
                .param("bottom", bottom).param("top", top).params(compiled.blocks().parameters())
                .query((row, _) -> row.getLong(1)).list();
    }

    /** The last position that was handed over, where it is to stop there; otherwise -1. */
    private long run(Compiled compiled, long after, long until, Pages pages) {
        ResultSetExtractor<Long> handOver = rows -> handOver(rows, pages);
        Long stopped = database.sql("select e.position, e.facts from ledger.audit_entry e"
                + " where e.position > :after and e.position <= :until and e.facts is not null"
                + compiled.rows().sql() + " order by e.position")
                // Within a transaction the driver reads so many rows at a time.
                .withFetchSize(PAGE)
                .param("after", after).param("until", until).params(compiled.rows().parameters())
                .query(handOver);
        return Objects.requireNonNull(stopped);
    }

    private static long handOver(ResultSet rows, Pages pages) throws SQLException {
        List<StoredEntry> page = new ArrayList<>(PAGE);
        while (rows.next()) {
            // The driver gives a text as the server sent it, which is UTF-8: no string is made of it.
            page.add(new StoredEntry(rows.getLong(1), rows.getBytes(2)));
            if (page.size() == PAGE) {
                if (!pages.take(page)) {
                    return page.getLast().position();
                }
                page = new ArrayList<>(PAGE);
            }
        }
        return page.isEmpty() || pages.take(page) ? -1 : page.getLast().position();
    }
}
