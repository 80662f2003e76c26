package dev.migrationledger.core.scripts;

import dev.migrationledger.contracts.diagnosis.DivergenceCode;
import dev.migrationledger.contracts.diagnosis.Finding.Exhibit;
import dev.migrationledger.contracts.diagnosis.Finding;
import dev.migrationledger.contracts.diagnosis.Severity;
import dev.migrationledger.contracts.scripts.GraphProblem.*;
import dev.migrationledger.contracts.scripts.GraphProblem;
import dev.migrationledger.contracts.text.ListText;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What is wrong with a history, for people. */
final class GraphFindings {

    /** Evidence that names more is not read. */
    private static final int MOST_NAMED = 8;

    /** A message that names more has to be read twice. */
    private static final int FEW = 3;

    private static final String REFUSED = "Alembic refuses every command until then.";

    private GraphFindings() {}

    static Finding of(GraphProblem problem) {
        return switch (problem) {
            case EmptyId it -> Finding.error(it.code(), "%s declares an empty revision id.".formatted(it.file()),
                    Exhibit.file(it.file()), Exhibit.advice("Give the revision an id, such as 12 hexadecimal digits."));
            case IllegalId it -> Finding.error(it.code(),
                    "Revision id '%s' in %s contains %s, which Alembic does not allow."
                            .formatted(it.declaration().revision(), it.declaration().file(),
                                    ListText.and(ListText.quoted(it.characters().chars().mapToObj(Character::toString)
                                            .toList()))),
                    exhibits(List.of(it.declaration()),
                            "Rename '%s' in its file and in every down_revision and depends_on that names it."
                                    .formatted(it.declaration().revision())));
            case OverlongIds it -> longIds(it, Severity.WARNING,
                    "than the %d characters that Alembic gives version_num".formatted(it.width()),
                    "Widen the column before an upgrade gets there, or shorten an id that no database has.");
            case DuplicateId it -> Finding.error(it.code(),
                    "%d files declare the revision id '%s': %s.".formatted(it.files().count(), it.revision(),
                            few(it.files().some().stream().map(DeclaredRevision::file), it.files().count())),
                    exhibits(it.files().some(), "Keep one of the files and give the others their own ids.",
                            "Alembic follows the last and counts the others as heads."));
            case MissingParent it -> Finding.error(it.code(),
                    "No file declares '%s', the parent of %s.".formatted(it.parent(), declared(it.children())),
                    exhibits(it.children().some(), hint(it.parent(), it.meant()), REFUSED));
            case MissingDependency it -> Finding.error(it.code(),
                    "No revision or branch label is called '%s', a dependency of %s.".formatted(it.dependency(),
                            declared(it.dependents())),
                    exhibits(it.dependents().some(), hint(it.dependency(), it.meant()), REFUSED));
            case Cycle it -> Finding.error(it.code(), cycle(it),
                    exhibits(it.revisions().some(), "Correct the reference between these revisions that is wrong.",
                            "Alembic cannot order these revisions."));
            case LabelIsId it -> Finding.error(it.code(),
                    "Branch label '%s' of %s is also the id of %s.".formatted(it.label(), declared(it.declaration()),
                            declared(it.same())),
                    exhibits(it.same().equals(it.declaration())
                            ? List.of(it.declaration())
                            : List.of(it.same(), it.declaration()),
                            "Choose another label than '%s'.".formatted(it.label())));
            case LabelTwice it -> Finding.error(it.code(),
                    "%s declares the branch label '%s' twice.".formatted(declared(it.declaration()), it.label()),
                    exhibits(List.of(it.declaration()), "Declare '%s' only once.".formatted(it.label())));
            case LabelTaken it -> Finding.error(it.code(),
                    "Branch label '%s' of %s is already that of %s.".formatted(it.label(),
                            declared(it.declaration()), declared(it.owner())),
                    exhibits(List.of(it.owner(), it.declaration()),
                            "Rename or remove one of the two labels '%s'.".formatted(it.label())));
            case SeveralHeads it -> heads(it);
        };
    }

    /** @param limit that they exceed, as the end of a sentence */
    static Finding longIds(OverlongIds ids, Severity severity, String limit, String advice) {
        List<String> each = IntStream.range(0, ids.longer().some().size())
                .mapToObj(i -> "'%s' (%d)".formatted(ids.longer().some().get(i).revision(), ids.lengths().get(i)))
                .toList();
        int count = ids.longer().count();
        String message = count == 1
                ? "The id %s is longer %s.".formatted(each.getFirst(), limit)
                : "%d ids are longer %s: %s.".formatted(count, limit, few(each.stream(), count));
        return new Finding(DivergenceCode.REVISION_ID_INVALID, severity, "", message,
                List.of(exhibits(ids.longer().some(), advice)), List.of());
    }

    private static Finding heads(SeveralHeads it) {
        String message = (it.labelled()
                ? "The history has %d heads, each with its own branch label: %s."
                : "The history has %d heads: %s.").formatted(it.heads().count(),
                        few(it.heads().some().stream().map(head -> "'" + head.revision() + "'"), it.heads().count()));
        List<String> details = new ArrayList<>(
                it.labelled() ? List.of() : List.of("'alembic upgrade head' cannot choose between them."));
        it.effective().forEach(head -> details.add(
                "'%s' is an effective head: '%s' depends on it, so it needs no row of its own."
                        .formatted(head.head(), head.dependent())));
        it.same().forEach(same -> details.add(
                "'%s' and '%s' have the same code: after a merge it would run twice.".formatted(same.one(),
                        same.other())));
        return new Finding(it.code(), it.labelled() ? Severity.INFO : Severity.ERROR, "", message,
                List.of(exhibits(it.heads().some(), it.labelled()
                        ? "Upgrade to 'heads' or to '<label>@head'."
                        : "Merge them, or give each branch a label and upgrade to 'heads'.",
                        details.toArray(String[]::new))),
                List.of());
    }

    private static String cycle(Cycle it) {
        List<String> names = new ArrayList<>(it.revisions().some().stream().map(DeclaredRevision::revision).toList());
        if (it.revisions().count() == 1) {
            return (it.alongDependencies()
                    ? "Revision '%s' depends on itself."
                    : "Revision '%s' names itself as its parent.")
                    .formatted(names.getFirst());
        }
        if (it.revisions().count() > names.size()) {
            names.subList(MOST_NAMED, names.size()).clear();
            names.add("(" + (it.revisions().count() - MOST_NAMED) + " more)");
        }
        names.add(names.getFirst());
        return "Revisions form a cycle along %s: %s.".formatted(
                it.alongDependencies() ? "down_revision and depends_on" : "down_revision", String.join(" → ", names));
    }

    /** What to write instead of a name that leads nowhere. */
    private static String hint(String wrong, @Nullable Suggestion meant) {
        if (meant == null) {
            return "Restore the file of '%s', or name another revision.".formatted(wrong);
        }
        return switch (meant.naming()) {
            case LABEL -> "Write the id '%s' instead of the branch label '%s', which down_revision does not accept."
                    .formatted(meant.revision(), wrong);
            case FILE -> "Write the id '%s' instead of the name of its file %s.".formatted(meant.revision(),
                    meant.file());
            case BEGINNING -> "Write the full id '%s' instead of '%s'.".formatted(meant.revision(), wrong);
        };
    }

    /** Such as {@code 'ae1027a6acf' (ae1027a6acf_migrate.py) and 3 more}. */
    private static String declared(DeclaredRevisions revisions) {
        return few(revisions.some().stream().map(GraphFindings::declared), revisions.count());
    }

    private static String declared(DeclaredRevision one) {
        return "'%s' (%s)".formatted(one.revision(), one.file());
    }

    /**
     * As many as a message names; its evidence has more.
     *
     * @param count of all names, of which the first are given
     */
    private static String few(Stream<String> some, int count) {
        return ListText.and(some.toList(), count, FEW);
    }

    /** Files, and below them sentences: first what to do, then what else to know. */
    private static Exhibit[] exhibits(List<DeclaredRevision> revisions, String advice, String... details) {
        return Stream.of(revisions.stream().limit(MOST_NAMED).map(one -> Exhibit.file(one.file())),
                Stream.of(Exhibit.advice(advice)), Stream.of(details).map(Exhibit::detail))
                .flatMap(Function.identity()).toArray(Exhibit[]::new);
    }
}
