package dev.migrationledger.ledger.audit.search;

import dev.migrationledger.contracts.audit.AuditPage.BlindTime;
import dev.migrationledger.contracts.audit.AuditPage.Range;
import dev.migrationledger.contracts.audit.AuditPage.Through;
import dev.migrationledger.ledger.audit.index.IndexedEntry;
import dev.migrationledger.ledger.audit.search.QueryCompiler.Compiled;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.BooleanSupplier;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/** Reads all entries of a query in the order of their positions, in constant memory and as of one moment. */
public final class AuditReader {

    /** Entries that are in memory at once. */
    private static final int PAGE = 500;

    private static final int MOST_BLOCKS = 2_000;

    private final JdbcClient database;
    private final AuditIndex index;
    private final BlindTimes blind;
    private final TransactionTemplate snapshot;

    AuditReader(
            JdbcClient database, AuditIndex index, BlindTimes blind, PlatformTransactionManager transactions) {
        this.database = database;
        this.index = index;
        this.blind = blind;
        snapshot = new TransactionTemplate(transactions);
        snapshot.setIsolationLevel(TransactionDefinition.ISOLATION_REPEATABLE_READ);
        snapshot.setReadOnly(true);
    }

    /**
     * An entry as it is stored.
     *
     * @param facts JSON of an {@code AuditEntry}
     */
    public record StoredEntry(long position, String facts) {}

    /**
     * What was searched.
     *
     * @param first position
     * @param last position
     * @param through every event up to there was in the audit
     */
    public record Summary(long first, long last, Through through, List<BlindTime> blind, long moreBlind) {
        public Summary {
            blind = List.copyOf(blind);
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
            Range range = new Range(after + 1, end, index.recordedFrom(after + 1), index.recordedTo(end));
            BlindTimes.Some times = blind.of(question, range, end == through.position());
            return new Summary(after + 1, end, through, times.some(), times.more());
        }));
    }

    private long read(Compiled compiled, long after, long end, BooleanSupplier goOn, Pages pages) {
        long next = after / IndexedEntry.BLOCK;
        while (true) {
            List<Long> blocks = blocks(compiled, next, end);
            if (blocks.isEmpty()) {
                return Math.max(after, end);
            }
            for (long block : blocks) {
                if (!goOn.getAsBoolean()) {
                    return Math.max(after, block * IndexedEntry.BLOCK - 1);
                }
                long stopped = read(compiled, block, after, end, pages);
                if (stopped >= 0) {
                    return stopped;
                }
            }
            next = blocks.getLast() + 1;
        }
    }

    private List<Long> blocks(Compiled compiled, long from, long end) {
        return database.sql("select b.block from ledger.audit_block b where b.block >= :from and b.block <= :end"
                + compiled.blocks().sql() + " order by b.block limit " + MOST_BLOCKS)
                .param("from", from).param("end", end / IndexedEntry.BLOCK).params(compiled.blocks().parameters())
                .query((row, _) -> row.getLong(1)).list();
    }

    /** The last position that was handed over, where it is to stop there; otherwise -1. */
    private long read(Compiled compiled, long block, long after, long end, Pages pages) {
        long last = Math.max(after, block * IndexedEntry.BLOCK - 1);
        long until = Math.min(end, (block + 1) * IndexedEntry.BLOCK - 1);
        while (true) {
            List<StoredEntry> page = page(compiled, last, until);
            if (page.isEmpty()) {
                return -1;
            }
            if (!pages.take(page)) {
                return page.getLast().position();
            }
            if (page.size() < PAGE) {
                return -1;
            }
            last = page.getLast().position();
        }
    }

    private List<StoredEntry> page(Compiled compiled, long after, long until) {
        Map<String, Object> parameters = compiled.rows().parameters();
        return new ArrayList<>(database.sql("select e.position, e.facts from ledger.audit_entry e"
                + " where e.position > :after and e.position <= :until and e.facts is not null"
                + compiled.rows().sql() + " order by e.position limit " + PAGE)
                .param("after", after).param("until", until).params(parameters)
                .query((row, _) -> new StoredEntry(row.getLong(1), row.getString(2))).list());
    }
}
