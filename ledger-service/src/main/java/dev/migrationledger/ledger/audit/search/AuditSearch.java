package dev.migrationledger.ledger.audit.search;

import dev.migrationledger.contracts.audit.AuditEntry;
import dev.migrationledger.contracts.audit.AuditPage.Ended;
import dev.migrationledger.contracts.audit.AuditPage.Range;
import dev.migrationledger.contracts.audit.AuditPage.Through;
import dev.migrationledger.contracts.audit.AuditPage;
import dev.migrationledger.contracts.wire.ContractJson;
import dev.migrationledger.ledger.audit.index.IndexedEntry;
import dev.migrationledger.ledger.audit.search.QueryCompiler.Compiled;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Pages of entries, the newest first. A page costs a bounded time: it reads the newest blocks that may have what is asked for, as many as it can in that
 * time, and says how far it has come.
 */
public final class AuditSearch {

    /** Of a page's entries as JSON. */
    private static final int MOST_BYTES = 1_000_000;

    /** After it, no further blocks are begun. */
    private static final Duration BUDGET = Duration.ofMillis(50);

    /** The newest blocks, where most pages end. Only then more are looked at. */
    static final int FIRST_WINDOW = 200;

    /** Each window is larger by this: what is rare is found with few statements. */
    private static final int GROWTH = 10;

    /** What a step may take, by the time that the one before took for each block. */
    private static final Duration STEP = Duration.ofMillis(10);

    private static final int LARGEST_STEP = 64;

    private final JdbcClient database;
    private final AuditIndex index;
    private final BlindTimes blind;
    private final UnknownNames names;
    private final TransactionTemplate snapshot;
    private final Duration budget;
    private final int mostBytes;

    AuditSearch(JdbcClient database, AuditIndex index, BlindTimes blind, PlatformTransactionManager transactions) {
        this(database, index, blind, transactions, BUDGET, MOST_BYTES);
    }

    /**
     * A search with other limits.
     *
     * @param budget see {@link #BUDGET}
     * @param mostBytes see {@link #MOST_BYTES}
     */
    AuditSearch(
            JdbcClient database, AuditIndex index, BlindTimes blind, PlatformTransactionManager transactions,
            Duration budget, int mostBytes) {
        this.database = database;
        this.index = index;
        this.blind = blind;
        this.names = new UnknownNames(database);
        this.budget = budget;
        this.mostBytes = mostBytes;
        // The end of the audit, blocks and entries as of one moment.
        snapshot = new TransactionTemplate(transactions);
        snapshot.setIsolationLevel(TransactionDefinition.ISOLATION_REPEATABLE_READ);
        snapshot.setReadOnly(true);
    }

    /**
     * A page.
     *
     * @param before only entries with lesser positions: {@code older} of the page before; absent: the first page
     * @param limit of entries
     */
    public AuditPage page(AuditQuestion question, @Nullable Long before, int limit) {
        return page(question, before, limit, 0);
    }

    /**
     * Likewise, with earlier times in which agents could not see.
     *
     * @param skippedBlind how many of the latest of them are left out
     */
    public AuditPage page(AuditQuestion question, @Nullable Long before, int limit, int skippedBlind) {
        return Objects.requireNonNull(snapshot.execute(_ -> new Run(question, before, limit, skippedBlind).page()));
    }

    /** A row that was found. */
    private record Found(long position, String facts) {}

    /** One search. */
    private final class Run {
        private final long start = System.nanoTime();
        private final AuditQuestion question;
        private final @Nullable Long before;
        private final int limit;
        private final int skippedBlind;
        private final Through through;
        private final Compiled compiled;
        private final List<Found> found = new ArrayList<>();
        private long bytes;

        /** The least position that was searched. */
        private long searchedFrom;

        Run(AuditQuestion question, @Nullable Long before, int limit, int skippedBlind) {
            this.question = question;
            this.before = before;
            this.limit = limit;
            this.skippedBlind = skippedBlind;
            this.through = index.through();
            this.compiled = QueryCompiler.compile(question, index::isSelective);
            this.searchedFrom = end();
        }

        /** The first position that is not searched. */
        private long end() {
            return before == null ? through.position() + 1 : Math.min(before, through.position() + 1);
        }

        AuditPage page() {
            Ended ended = search();
            if (ended == Ended.ALL_SEARCHED) {
                searchedFrom = Math.min(end(), 1);
            }
            List<AuditEntry> entries = found.stream()
                    .map(one -> ContractJson.read(one.facts.getBytes(StandardCharsets.UTF_8), AuditEntry.class))
                    .toList();
            Range range = new Range(searchedFrom, end() - 1, index.recordedFrom(searchedFrom),
                    before == null ? through.recordedAt() : index.recordedTo(end() - 1));
            BlindTimes.Some times = blind.of(question, range, before == null, skippedBlind);
            return new AuditPage(question.query().text(), question.zone().getId(), entries, range, through,
                    ended == Ended.ALL_SEARCHED ? null : searchedFrom, ended, times.some(), times.more(),
                    names.of(question.query(), question.scope()));
        }

        private Ended search() {
            // The block of the last position: with a block that has nothing left first, a slow search would never come further.
            long top = (end() - 1) / IndexedEntry.BLOCK;
            // None yet: a page searches one block at least.
            int step = 0;
            for (long window = FIRST_WINDOW; top >= 0; window *= GROWTH) {
                long bottom = Math.max(0, top - window + 1);
                List<Long> blocks = blocks(bottom, top);
                for (int at = 0; at < blocks.size();) {
                    if (step > 0 && left() <= 0) {
                        // What lies between has nothing of what is asked for.
                        searchedFrom = Math.min(searchedFrom, (blocks.get(at) + 1) * IndexedEntry.BLOCK);
                        return Ended.TIME_SPENT;
                    }
                    List<Long> some = blocks.subList(at, Math.min(blocks.size(), at + Math.max(1, step)));
                    long began = System.nanoTime();
                    Ended ended = read(some);
                    if (ended != null) {
                        return ended;
                    }
                    searchedFrom = Math.min(searchedFrom, some.getLast() * IndexedEntry.BLOCK);
                    at += some.size();
                    step = step(some.size(), System.nanoTime() - began);
                }
                searchedFrom = Math.min(searchedFrom, bottom * IndexedEntry.BLOCK);
                if (bottom > 0 && left() <= 0) {
                    return Ended.TIME_SPENT;
                }
                top = bottom - 1;
            }
            return Ended.ALL_SEARCHED;
        }

        /** Nanoseconds of the budget. */
        private long left() {
            return budget.toNanos() - (System.nanoTime() - start);
        }

        /** As many blocks as fit into a step and into the rest of the budget, if they cost what the last ones cost. */
        private int step(int last, long nanos) {
            long each = Math.max(1, nanos / last);
            return (int) Math.clamp(Math.min(STEP.toNanos(), left()) / each, 1, Math.min(LARGEST_STEP, 4L * last));
        }

        private List<Long> blocks(long bottom, long top) {
            return database.sql(BLOCKS.formatted(compiled.blocks().sql())).param("bottom", bottom).param("top", top)
                    .params(compiled.blocks().parameters()).query((row, _) -> row.getLong(1)).list();
        }

        /** Adds what these blocks have. Not null: the page ends within them. */
        private @Nullable Ended read(List<Long> blocks) {
            List<Found> more = database.sql(ENTRIES.formatted(compiled.rows().sql()))
                    .param("blocks", blocks.toArray(Long[]::new)).param("end", end())
                    .param("limit", limit - found.size() + 1).params(compiled.rows().parameters())
                    .query((row, _) -> new Found(row.getLong(1), row.getString(2))).list();
            for (Found one : more) {
                bytes += one.facts.getBytes(StandardCharsets.UTF_8).length;
                if (found.size() == limit || (bytes > mostBytes && !found.isEmpty())) {
                    searchedFrom = found.getLast().position;
                    return found.size() == limit ? Ended.PAGE_FULL : Ended.ANSWER_LARGE;
                }
                found.add(one);
            }
            return null;
        }
    }

    /** Blocks of a window that may have what is asked for. */
    static final String BLOCKS = "select b.block from ledger.audit_block b where b.block between :bottom and :top%s"
            + " order by b.block desc";

    /** Entries of blocks. Each block is a range of the primary key. */
    static final String ENTRIES = """
            select found.position, found.facts from unnest(cast(:blocks as bigint[])) block cross join lateral (
                select e.position, e.facts from ledger.audit_entry e
                where e.position >= block * %d and e.position < (block + 1) * %d and e.position < :end
                and e.facts is not null%%s
                order by e.position desc limit :limit) found
            order by found.position desc limit :limit
            """.formatted(IndexedEntry.BLOCK, IndexedEntry.BLOCK);
}
