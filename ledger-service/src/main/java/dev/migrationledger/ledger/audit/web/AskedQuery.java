package dev.migrationledger.ledger.audit.web;

import dev.migrationledger.contracts.audit.QueryRefusal;
import dev.migrationledger.contracts.text.Count;
import dev.migrationledger.core.audit.AuditKeys;
import dev.migrationledger.core.query.ParsedQuery;
import dev.migrationledger.core.query.QueryProblem;
import dev.migrationledger.core.query.QueryProblemCode;
import dev.migrationledger.core.query.Term;
import dev.migrationledger.ledger.audit.index.SearchWords;
import dev.migrationledger.ledger.audit.search.AuditQuestion;
import dev.migrationledger.ledger.audit.search.SearchScope;
import dev.migrationledger.ledger.identity.Caller;
import dev.migrationledger.ledger.problem.Refusal;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;

/** A query as a request names it. */
record AskedQuery(ParsedQuery parsed, ZoneId zone) {

    private static final int SHOWN = 63;

    /**
     * Reads it.
     *
     * @throws Refusal if there is no such time zone
     */
    static AskedQuery read(@Nullable String query, @Nullable String zone) {
        return new AskedQuery(withSearchableWords(AuditKeys.LANGUAGE.parse(query == null ? "" : query)), zone(zone));
    }

    private static ZoneId zone(@Nullable String zone) {
        if (zone == null || zone.isBlank()) {
            return ZoneOffset.UTC;
        }
        try {
            return ZoneId.of(zone.strip());
        } catch (DateTimeException e) {
            throw new Refusal(Refusal.problem(HttpStatus.BAD_REQUEST, "invalid-parameter",
                    "'%s' is not a time zone; use a name such as Europe/Berlin or UTC."
                            .formatted(zone.length() <= SHOWN ? zone : zone.substring(0, SHOWN) + "…"),
                    "zone"));
        }
    }

    /** A text of nothing but punctuation would be found nowhere, and the answer would look like news. */
    private static ParsedQuery withSearchableWords(ParsedQuery parsed) {
        List<QueryProblem> problems = new ArrayList<>(parsed.problems());
        parsed.query().placed().forEach(placed -> {
            if (placed.term() instanceof Term.Words words && SearchWords.of(words.words()).isEmpty()) {
                problems.add(new QueryProblem(placed.from(), placed.to(), QueryProblemCode.MISSING_TEXT,
                        "'%s' has no letter and no digit. Write a word to search for.".formatted(words.words()),
                        List.of()));
            }
        });
        problems.sort(Comparator.comparingInt(QueryProblem::from));
        return new ParsedQuery(parsed.text(), parsed.query(), problems);
    }

    boolean isGood() {
        return parsed.isGood();
    }

    AuditQuestion by(Caller caller, Instant now) {
        return new AuditQuestion(parsed.query(), zone, now, SearchScope.of(caller));
    }

    /** The answer to a query with mistakes; empty if it has none. */
    Optional<ResponseEntity<Object>> refusal() {
        if (parsed.isGood()) {
            return Optional.empty();
        }
        List<QueryRefusal.Mistake> mistakes = parsed.problems().stream()
                .map(problem -> new QueryRefusal.Mistake(problem.from(), problem.to(), problem.code().code(),
                        problem.sentence(), problem.suggestions()))
                .toList();
        HttpStatus status = HttpStatus.BAD_REQUEST;
        String detail = mistakes.size() == 1
                ? mistakes.getFirst().sentence()
                : "The query has %s. The first: %s".formatted(Count.of(mistakes.size(), "mistake"),
                        mistakes.getFirst().sentence());
        return Optional.of(ResponseEntity.status(status).contentType(MediaType.APPLICATION_PROBLEM_JSON)
                .body(new QueryRefusal("about:blank", status.getReasonPhrase(), status.value(), detail,
                        QueryRefusal.CODE, parsed.text(), mistakes)));
    }
}
