package dev.migrationledger.ledger.audit.web;

import dev.migrationledger.contracts.audit.AuditPage.Range;
import dev.migrationledger.ledger.audit.search.AuditQuestion;
import dev.migrationledger.ledger.audit.search.AuditReader.StoredEntry;
import dev.migrationledger.ledger.audit.search.AuditReader.Summary;
import dev.migrationledger.ledger.audit.search.AuditReader;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Semaphore;

/**
 * Entries as they come, for programs that follow the audit. An answer has those after a position, and the position to go on from; if there are none, it
 * waits for some, but not long.
 */
final class AuditStream {

    private static final int MOST_ENTRIES = 1_000;
    private static final int MOST_BYTES = 1_000_000;

    /** Of reading where little is found. */
    private static final Duration LONGEST_READ = Duration.ofSeconds(5);

    private static final Duration PAUSE = Duration.ofMillis(500);

    /** Requests that wait at once. Each keeps a thread; one more is answered at once. */
    private static final int MOST_WAITING = 8;

    private final AuditReader reader;
    private final Semaphore waiting = new Semaphore(MOST_WAITING);

    AuditStream(AuditReader reader) {
        this.reader = reader;
    }

    /**
     * An answer.
     *
     * @param searched from the first position that was asked for
     */
    record Some(List<StoredEntry> entries, Summary searched) {
        /** Position to go on from. */
        long next() {
            return searched.last();
        }
    }

    /** @param patience how long to wait for a first entry */
    Some after(long position, AuditQuestion question, Duration patience) {
        Some some = read(position, question);
        if (!some.entries.isEmpty() || patience.isZero() || !waiting.tryAcquire()) {
            return some;
        }
        try {
            long end = System.nanoTime() + patience.toNanos();
            while (some.entries.isEmpty() && System.nanoTime() < end) {
                Thread.sleep(PAUSE);
                some = joined(some, read(some.next(), question));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            waiting.release();
        }
        return some;
    }

    /** Two readings as one. The first found nothing. What is blind now has been blind since the first, or began later. */
    private static Some joined(Some before, Some after) {
        Range from = before.searched.searched();
        Range to = after.searched.searched();
        return new Some(after.entries, new Summary(new Range(from.first(), to.last(), from.from(), to.to()),
                after.searched.through(), after.searched.blind(), after.searched.moreBlind(),
                after.searched.warnings()));
    }

    private Some read(long position, AuditQuestion question) {
        List<StoredEntry> entries = new ArrayList<>();
        long[] bytes = {0};
        long end = System.nanoTime() + LONGEST_READ.toNanos();
        Summary summary = reader.read(question, position, () -> System.nanoTime() < end, page -> {
            entries.addAll(page);
            page.forEach(entry -> bytes[0] += entry.facts().length);
            return entries.size() < MOST_ENTRIES && bytes[0] < MOST_BYTES;
        });
        return new Some(entries, summary);
    }
}
