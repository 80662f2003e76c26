package dev.migrationledger.ledger.audit.search;

import dev.migrationledger.core.audit.AuditKeys;
import dev.migrationledger.core.query.Term;
import dev.migrationledger.core.query.TimeInterval;
import dev.migrationledger.core.query.TimeRange;
import dev.migrationledger.ledger.audit.index.IndexedEntry;
import dev.migrationledger.ledger.audit.index.SearchWords;
import dev.migrationledger.ledger.audit.index.SearchTokens;
import java.sql.Timestamp;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** Makes the conditions of a query. Pure, but for the question whether a beginning is worth to be looked up. */
final class QueryCompiler {

    /** Shorter beginnings have too many ends. */
    private static final int SHORTEST_BEGINNING = 3;

    private static final int MOST_PAIRS = 100;

    /** Greater than every character of a token, in the order of bytes. */
    private static final String LAST = Character.toString(Character.MAX_CODE_POINT);

    private final AuditQuestion question;
    private final Predicate<String> isSelective;
    private final SqlCondition blocks = new SqlCondition("b");
    private final SqlCondition rows = new SqlCondition("r");

    private QueryCompiler(AuditQuestion question, Predicate<String> isSelective) {
        this.question = question;
        this.isSelective = isSelective;
    }

    /**
     * The conditions of a query.
     *
     * @param blocks on {@code ledger.audit_block b}: it holds wherever an entry may be found. Its parameters {@code bottom} and {@code top} are a window
     *     of blocks
     * @param rows on {@code ledger.audit_entry e}
     */
    record Compiled(SqlCondition blocks, SqlCondition rows) {}

    /** @param isSelective whether few enough tokens begin with a text to look them all up */
    static Compiled compile(AuditQuestion question, Predicate<String> isSelective) {
        QueryCompiler compiler = new QueryCompiler(question, isSelective);
        compiler.scope();
        question.query().terms().forEach(compiler::term);
        compiler.pairs();
        return new Compiled(compiler.blocks, compiler.rows);
    }

    private void scope() {
        String[] projects = question.scope().projects().names();
        if (projects != null) {
            rows.add("e.project = any(%s)".formatted(rows.texts(Arrays.asList(projects))));
            inBlocks(Arrays.stream(projects).map(project -> SearchTokens.of(AuditKeys.PROJECT, project)).toList());
        } else if (!question.scope().organisation()) {
            rows.add("e.project is not null");
        }
    }

    private void term(Term term) {
        switch (term) {
            case Term.Words words -> words(words);
            case Term.Matches matches -> matches(matches);
            case Term.Counts counts -> counts(counts);
            case Term.During during -> during(during);
        }
    }

    private void words(Term.Words term) {
        List<String> words = SearchWords.of(term.words());
        String phrase = SearchWords.joined(words);
        row(term.negated(), "position(%s in e.words) > 0".formatted(rows.parameter(phrase)));
        if (term.negated()) {
            return;
        }
        words.subList(0, Math.max(0, words.size() - 1)).forEach(word -> inBlocks(List.of(SearchTokens.word(word))));
        if (!words.isEmpty() && words.getLast().length() >= SHORTEST_BEGINNING) {
            String last = SearchTokens.word(words.getLast());
            if (isSelective.test(last)) {
                blocks.add("b.block in (%s)".formatted(having(beginning("token", last, blocks))));
            }
        }
    }

    private void matches(Term.Matches term) {
        List<String> exact = term.values().stream().filter(value -> !value.prefix())
                .map(value -> SearchTokens.of(term.key(), value.value())).toList();
        List<String> beginnings = term.values().stream().filter(Term.Pattern::prefix)
                .map(value -> SearchTokens.of(term.key(), value.value())).toList();
        List<String> any = new ArrayList<>();
        if (!exact.isEmpty()) {
            any.add("e.tokens && " + rows.texts(exact));
        }
        beginnings.forEach(token -> any.add("exists (select from unnest(e.tokens) token where starts_with(token, %s))"
                .formatted(rows.parameter(token))));
        row(term.negated(), "(" + String.join(" or ", any) + ")");
        if (term.negated() || !beginnings.stream().allMatch(isSelective)) {
            return;
        }
        List<String> found = new ArrayList<>();
        if (!exact.isEmpty()) {
            found.add("token = any(%s)".formatted(blocks.texts(exact)));
        }
        beginnings.forEach(token -> found.add(beginning("token", token, blocks)));
        blocks.add("b.block in (%s)".formatted(found.stream()
                .map(QueryCompiler::having).collect(Collectors.joining(" union "))));
    }

    /** Environment and kind together: apart, each is in nearly every block. */
    private void pairs() {
        List<Term.Matches> exact = question.query().terms().stream()
                .filter(Term.Matches.class::isInstance).map(Term.Matches.class::cast)
                .filter(term -> !term.negated() && term.values().stream().noneMatch(Term.Pattern::prefix)).toList();
        List<String> environments = values(exact, AuditKeys.ENVIRONMENT);
        List<String> kinds = values(exact, AuditKeys.KIND);
        if (!environments.isEmpty() && !kinds.isEmpty() && environments.size() * kinds.size() <= MOST_PAIRS) {
            inBlocks(environments.stream()
                    .flatMap(environment -> kinds.stream().map(kind -> SearchTokens.pair(environment, kind))).toList());
        }
    }

    /** Those of the first term with this key; each further one has its own condition. */
    private static List<String> values(List<Term.Matches> terms, String key) {
        return terms.stream().filter(term -> term.key().equals(key)).findFirst()
                .map(term -> term.values().stream().map(Term.Pattern::value).toList()).orElse(List.of());
    }

    private void counts(Term.Counts term) {
        row(term.negated(), any(term.values(), range -> within("e.position", range, rows, 1)));
        if (!term.negated()) {
            blocks.add(any(term.values(), range -> within("b.block", range, blocks, IndexedEntry.BLOCK)));
        }
    }

    private static String within(String column, Term.NumberRange range, SqlCondition condition, int size) {
        List<String> parts = new ArrayList<>();
        if (range.from() != null) {
            parts.add("%s >= %s".formatted(column, condition.parameter(Math.floorDiv(range.from(), size))));
        }
        if (range.to() != null) {
            parts.add("%s <= %s".formatted(column, condition.parameter(Math.floorDiv(range.to(), size))));
        }
        return "(" + String.join(" and ", parts) + ")";
    }

    private void during(Term.During term) {
        boolean recorded = term.key().equals(AuditKeys.RECORDED);
        row(term.negated(), recorded
                ? any(term.values(), range -> overlaps("e.recorded_at", "e.recorded_at", range, rows))
                : any(term.values(), range -> overlaps("e.occurred_from", "e.occurred_to", range, rows)));
        if (!term.negated()) {
            blocks.add(recorded
                    ? any(term.values(), range -> overlaps("b.recorded_from", "b.recorded_to", range, blocks))
                    : any(term.values(), range -> overlaps("b.occurred_from", "b.occurred_to", range, blocks)));
        }
    }

    private String overlaps(String from, String to, TimeRange range, SqlCondition condition) {
        TimeInterval interval = range.resolve(question.now(), question.zone());
        List<String> parts = new ArrayList<>();
        if (interval.from() != null) {
            parts.add("%s >= %s".formatted(to, condition.parameter(Timestamp.from(interval.from()))));
        }
        if (interval.to() != null) {
            parts.add("%s < %s".formatted(from, condition.parameter(Timestamp.from(interval.to()))));
        }
        return "(" + String.join(" and ", parts) + ")";
    }

    private static <T> String any(List<T> values, Function<T, String> condition) {
        return "(" + values.stream().map(condition).collect(Collectors.joining(" or ")) + ")";
    }

    private void row(boolean negated, String condition) {
        rows.add(negated ? "not " + condition : condition);
    }

    private void inBlocks(List<String> tokens) {
        blocks.add("b.block in (%s)".formatted(having("token = any(%s)".formatted(blocks.texts(tokens)))));
    }

    /** A common token has every block. So the window is also a condition on tokens: nothing beyond it is read. */
    private static String having(String condition) {
        return "select block from ledger.audit_block_token where " + condition
                + " and block between :bottom and :top";
    }

    static String beginning(String column, String token, SqlCondition condition) {
        return "%s >= %s and %s < %s".formatted(column, condition.parameter(token), column,
                condition.parameter(token + LAST));
    }
}
