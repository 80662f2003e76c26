package dev.migrationledger.ledger.dashboard.graph;

import dev.migrationledger.contracts.revision.Revision;
import dev.migrationledger.core.query.ParsedQuery;
import dev.migrationledger.core.query.QueryKey;
import dev.migrationledger.core.query.QueryLanguage;
import dev.migrationledger.core.query.Term;
import java.util.List;
import java.util.Locale;
import java.util.Objects;

/** What the search box of a project's page finds among its revisions. Pure. */
final class RevisionSearch {

    private static final QueryLanguage LANGUAGE = new QueryLanguage(List.of(
            QueryKey.text("revision", "The id of the revision.", "rev"),
            QueryKey.text("message", "A part of the message."),
            QueryKey.text("file", "A part of the path of its file."),
            QueryKey.text("label", "A branch label that it declares.", "labels"),
            QueryKey.text("parent", "The id of a parent.")));

    private final ParsedQuery parsed;

    private RevisionSearch(ParsedQuery parsed) {
        this.parsed = parsed;
    }

    static RevisionSearch of(String text) {
        return new RevisionSearch(LANGUAGE.parse(text));
    }

    /** Mistakes, each with a line that points at it. */
    List<Mistake> mistakes() {
        return parsed.problems().stream().map(it -> new Mistake(it.sentence(), it.pointedAt(parsed.text()))).toList();
    }

    /**
     * A mistake in the search.
     *
     * @param place the search with a line that points at the mistake
     */
    record Mistake(String sentence, String place) {}

    /** Whether a revision is looked for. A search with mistakes or without a term finds none. */
    boolean finds(Revision revision) {
        return parsed.isGood() && !parsed.query().placed().isEmpty()
                && parsed.query().terms().stream().allMatch(term -> holds(term, revision) != term.negated());
    }

    private static boolean holds(Term term, Revision revision) {
        return switch (term) {
            case Term.Words words -> contains(revision.revision(), words.words())
                    || contains(Objects.requireNonNullElse(revision.message(), ""), words.words())
                    || contains(revision.file(), words.words());
            case Term.Matches matches -> matches.values().stream()
                    .anyMatch(pattern -> matches(matches.key(), pattern, revision));
            // No key of this language takes numbers or times.
            case Term.Counts _,Term.During _ -> false;
        };
    }

    private static boolean matches(String key, Term.Pattern pattern, Revision revision) {
        return switch (key) {
            case "revision" -> pattern.matches(revision.revision());
            case "message" -> contains(Objects.requireNonNullElse(revision.message(), ""), pattern.value());
            case "file" -> contains(revision.file(), pattern.value());
            case "label" -> revision.labels().stream().anyMatch(pattern::matches);
            case "parent" -> revision.parents().stream().anyMatch(pattern::matches);
            default -> throw new IllegalStateException("no condition for the key " + key);
        };
    }

    private static boolean contains(String text, String part) {
        return text.toLowerCase(Locale.ROOT).contains(part.toLowerCase(Locale.ROOT));
    }
}
