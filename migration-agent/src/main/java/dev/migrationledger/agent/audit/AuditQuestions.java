package dev.migrationledger.agent.audit;

import dev.migrationledger.agent.send.http.LedgerClient.Answer;
import dev.migrationledger.agent.send.http.LedgerClient;
import dev.migrationledger.contracts.audit.AuditEntry;
import dev.migrationledger.contracts.audit.AuditPage.BlindTime;
import dev.migrationledger.contracts.audit.AuditPage.Ended;
import dev.migrationledger.contracts.audit.AuditPage.Range;
import dev.migrationledger.contracts.audit.AuditPage;
import dev.migrationledger.contracts.audit.QueryRefusal;
import java.io.OutputStream;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Asks a ledger for entries of one query. */
record AuditQuestions(String query, ZoneId zone) {

    /**
     * Entries, the newest first. A ledger searches for a short time, so it is asked again until all are found or everything is searched.
     *
     * @param before only entries with lesser positions; absent: all
     */
    AuditPage find(LedgerClient ledger, @Nullable Long before, int limit) throws QueryMistakes {
        List<AuditEntry> entries = new ArrayList<>();
        Set<BlindTime> blind = new LinkedHashSet<>();
        AuditPage first = null;
        Long next = before;
        while (true) {
            AuditPage page = page(ledger, next, limit - entries.size());
            first = first == null ? page : first;
            entries.addAll(page.entries());
            blind.addAll(page.blind());
            next = page.older();
            boolean full = entries.size() >= limit;
            if (next == null || full) {
                List<BlindTime> some = blind.stream().limit(AuditPage.MOST_BLIND).toList();
                return new AuditPage(page.query(), page.zone(), entries,
                        new Range(page.searched().first(), first.searched().last(), page.searched().from(),
                                first.searched().to()),
                        first.completeThrough(), next, full && next != null ? Ended.PAGE_FULL : page.ended(), some,
                        Math.max(page.moreBlind(), blind.size() - some.size()), first.warnings());
            }
        }
    }

    private AuditPage page(LedgerClient ledger, @Nullable Long before, int limit) throws QueryMistakes {
        Answer answer = ledger.send("GET", "/api/v1/audit?%s&limit=%d%s".formatted(parameters(), limit,
                before == null ? "" : "&before=" + before), new byte[0]);
        Optional<QueryRefusal> refusal = answer.problem(QueryRefusal.CODE, QueryRefusal.class);
        if (refusal.isPresent()) {
            throw new QueryMistakes(refusal.get());
        }
        return answer.read(AuditPage.class);
    }

    /** Writes all entries as the ledger sends them. */
    void export(LedgerClient ledger, String format, OutputStream out) {
        ledger.download("/api/v1/audit/export?%s&format=%s".formatted(parameters(), format), out);
    }

    private String parameters() {
        return "q=%s&zone=%s".formatted(encoded(query), encoded(zone.getId()));
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
