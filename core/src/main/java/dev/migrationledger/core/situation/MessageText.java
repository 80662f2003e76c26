package dev.migrationledger.core.situation;

import dev.migrationledger.contracts.footprint.Effect.Change;
import dev.migrationledger.contracts.footprint.Location;
import dev.migrationledger.contracts.schema.ObjectKind;
import dev.migrationledger.contracts.schema.ObjectName;
import dev.migrationledger.contracts.text.ListText;
import dev.migrationledger.core.position.Discrepancy;
import dev.migrationledger.core.position.SchemaEvidence.Difference;
import dev.migrationledger.core.position.SchemaEvidence.Excuse;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** How ids, sets of revisions and objects are said in a message: with their names, and never more of them than anybody reads. */
public final class MessageText {

    /** A message that names more is not read. */
    public static final int MOST_NAMED = 8;

    /** A sentence that names more has to be read twice. */
    private static final int FEW = 3;

    /** Alembic's ids have 32 characters; somebody may have written anything into a row of his own table. */
    private static final int LONGEST = 64;

    private MessageText() {}

    /** Such as {@code a, b and 3 more}. */
    public static String list(List<String> names) {
        return ListText.and(names, MOST_NAMED);
    }

    public static String ids(Collection<String> ids) {
        return list(ids.stream().map(MessageText::id).toList());
    }

    /** As many as a message names; its evidence has more. */
    public static String few(Collection<String> ids) {
        return ListText.and(ids.stream().map(MessageText::id).toList(), FEW);
    }

    public static String id(String id) {
        return "'" + shortened(id) + "'";
    }

    private static String shortened(String text) {
        return text.length() <= LONGEST ? text : text.substring(0, LONGEST) + "…";
    }

    /** A set of revisions as the version table would hold it: {@code 'a'}, {@code 'a' and 'b' together}, {@code base}. */
    public static String set(List<String> revisions) {
        if (revisions.isEmpty()) {
            return "base";
        }
        String named = ListText.and(revisions.stream().map(MessageText::id).toList(), MOST_NAMED);
        return revisions.size() == 1 ? named : named + " together";
    }

    /** What may be meant: {@code base or 'a'}, {@code base, 'a', or 'b' and 'c' together}. */
    public static String sets(List<List<String>> sets, boolean complete) {
        return sets(sets, complete, MOST_NAMED);
    }

    /** The same, as many as a message names. */
    public static String fewSets(List<List<String>> sets, boolean complete) {
        return sets(sets, complete, FEW);
    }

    private static String sets(List<List<String>> sets, boolean complete, int most) {
        int shown = sets.size() == most + 1 ? most + 1 : most;
        Stream<String> named = sets.stream().limit(shown).map(MessageText::set);
        List<String> items = (complete && sets.size() <= shown ? named : Stream.concat(named, Stream.of("another")))
                .toList();
        // Without the comma, "a and b together or c" can be read in two ways.
        return items.size() < 2 || sets.stream().limit(shown).allMatch(set -> set.size() < 2)
                ? ListText.or(items)
                : String.join(", ", items.subList(0, items.size() - 1)) + ", or " + items.getLast();
    }

    public static String object(ObjectName object) {
        return object.kind().words() + " " + object.dotted();
    }

    /** As a sentence begins. */
    public static String upper(String text) {
        return text.isEmpty() ? text : Character.toUpperCase(text.charAt(0)) + text.substring(1);
    }

    /** Such as {@code schema ops}, {@code schemas ops and town}. */
    public static String schemas(List<String> names) {
        return (names.size() == 1 ? "schema " : "schemas ") + list(names);
    }

    /** Those that are not part of another one, and no sequences: they are nearly always a column's own. */
    public static List<ObjectName> whole(Collection<ObjectName> objects) {
        return objects.stream()
                .filter(object -> object.kind() != ObjectKind.SEQUENCE)
                .filter(object -> objects.stream()
                        .noneMatch(other -> !other.equals(object) && other.holds(object)))
                .toList();
    }

    public static String objects(Collection<ObjectName> objects) {
        return list(objects.stream().map(MessageText::object).toList());
    }

    /** The same, as many as a message names. */
    public static String fewObjects(Collection<ObjectName> objects) {
        return ListText.and(objects.stream().map(MessageText::object).toList(), FEW);
    }

    /** Whose rows are written, and where: {@code parcel (line 12)}. */
    public static String rows(List<Change> writes) {
        return list(writes.stream()
                .map(write -> "%s (line %d)".formatted(write.object().dotted(), write.location().line()))
                .distinct().toList());
    }

    /** What is not as it should be, with the revision that makes it so: {@code table public.users is missing ('a' makes it)}. */
    public static String discrepancies(List<Discrepancy> discrepancies) {
        Map<String, List<String>> textOf = new LinkedHashMap<>();
        discrepancies.stream().limit(MOST_NAMED).forEach(d -> textOf
                .computeIfAbsent(predicate(d), _ -> new ArrayList<>())
                .add(object(d.object())));
        String text = textOf.entrySet().stream()
                .map(e -> list(e.getValue()) + " " + e.getKey().formatted(e.getValue().size() == 1 ? "is" : "are"))
                .collect(Collectors.joining("; "));
        int more = discrepancies.size() - MOST_NAMED;
        return more > 0 ? text + "; and " + more + " more" : text;
    }

    /** Objects that should be there, each with the revision that makes it and what may excuse that it is not. */
    public static String missing(List<Difference> missing) {
        return list(missing.stream().map(MessageText::excused).toList());
    }

    /** Such as {@code table public.users is missing (made by 'a'; 'c' may have dropped it, line 12: it is computed)}. */
    public static String excused(Difference one) {
        Discrepancy d = one.discrepancy();
        Excuse excuse = one.excuse();
        List<String> notes = new ArrayList<>();
        if (!d.revisions().isEmpty() && d.kind() != Discrepancy.Kind.UNEXPECTED && !one.isPerhapsUnmade()) {
            notes.add(d.kind() == Discrepancy.Kind.DIFFERENT
                    ? "as " + id(d.revisions().getLast()) + " leaves it"
                    : (one.dependsOnEarlier() ? "perhaps " : "") + by(d));
        }
        if (d.removed()) {
            notes.add(by(d));
        }
        if (excuse != null) {
            String which = id(excuse.revision());
            notes.add((one.dependsOnEarlier()
                    ? "that depends on " + which
                    : which + switch (d.kind()) {
                        case MISSING -> one.isPerhapsUnmade() ? " may create it" : " may have dropped it";
                        case UNEXPECTED -> " may have made it";
                        case DIFFERENT -> " may have changed it";
                    }) + place(excuse));
        }
        String is = switch (d.kind()) {
            case MISSING -> InvalidIndex.is(d) ? "is invalid" : "is missing";
            case UNEXPECTED -> "exists";
            case DIFFERENT -> d.actual() == null
                    ? "is different"
                    : "is " + quoted(d.actual())
                            + (d.expected() == null ? "" : " instead of " + quoted(d.expected()));
        };
        return "%s %s%s".formatted(object(d.object()), is,
                notes.isEmpty() ? "" : " (" + String.join("; ", notes) + ")");
    }

    private static String place(Excuse excuse) {
        Location location = excuse.location();
        return location == null
                ? ": " + excuse.reason()
                : ", line %d%s: %s".formatted(location.line(),
                        location.file() == null ? "" : " (%s:%d)".formatted(location.file(), location.fileLine()),
                        excuse.reason());
    }

    /** Such as {@code made by 'a'}, {@code renamed by 'a'}. */
    private static String by(Discrepancy d) {
        return switch (d.origin()) {
            case MADE -> d.removed() ? "dropped by " : "created by ";
            case RENAMED -> "renamed by ";
            case NEEDED -> "needed by ";
        } + id(Objects.requireNonNullElse(d.by(), ""));
    }

    private static String predicate(Discrepancy d) {
        String by = d.by() == null ? "" : escaped(by(d));
        return switch (d.kind()) {
            case MISSING -> (InvalidIndex.is(d) ? "%s invalid" : "%s missing")
                    + (by.isEmpty() ? "" : " (" + by + ")");
            case UNEXPECTED -> "%s "
                    + (by.isEmpty()
                            ? "there and should not be"
                            : (d.removed() ? "still there (" : "already there (") + by + ")");
            case DIFFERENT -> "%s "
                    + (d.actual() == null ? "different" : escaped(quoted(d.actual())))
                    + (d.expected() == null ? "" : " instead of " + escaped(quoted(d.expected())))
                    + (d.revisions().isEmpty() ? "" : " (as " + escaped(id(d.revisions().getLast())) + " leaves it)");
        };
    }

    /** A list has its own brackets and quotes. */
    private static String quoted(String definition) {
        String text = definition.replaceAll("\\s+", " ");
        return text.startsWith("(") ? shortened(text) : id(text);
    }

    private static String escaped(String text) {
        return text.replace("%", "%%");
    }
}
