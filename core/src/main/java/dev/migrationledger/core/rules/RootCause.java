package dev.migrationledger.core.rules;

import static dev.migrationledger.contracts.diagnosis.DivergenceCode.*;

import dev.migrationledger.contracts.diagnosis.DivergenceCode;
import dev.migrationledger.contracts.diagnosis.DivergenceCode.Area;
import dev.migrationledger.contracts.diagnosis.Finding;
import dev.migrationledger.contracts.diagnosis.Finding.Exhibit;
import dev.migrationledger.contracts.diagnosis.Finding.Exhibit.What;
import dev.migrationledger.contracts.diagnosis.Severity;
import dev.migrationledger.contracts.schema.ObjectKind;
import dev.migrationledger.contracts.schema.ObjectName;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.BiPredicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A finding that explains others of the same environment: they end when it is repaired, so a reader needs only this one. Pure.
 *
 * @param finding what to repair
 * @param consequences what the repair ends as well
 */
public record RootCause(Finding finding, List<Finding> consequences) {

    private static final Set<What> REVISIONS = EnumSet.of(What.ROW, What.REVISION, What.REVISION_ELSEWHERE,
            What.REVISION_ONLY_IN_SOURCE, What.REVISION_NEVER_SEEN_TO_RUN);

    public RootCause {
        consequences = List.copyOf(consequences);
    }

    /**
     * Says that some codes can cause another one.
     *
     * @param shared what a cause and its consequence must have in common; without it both are independent
     */
    private record Link(
            DivergenceCode consequence, Set<DivergenceCode> causes, BiPredicate<Finding, Finding> shared) {}

    /** Acyclic, so that every finding has a root. */
    private static final List<Link> LINKS = List.of(
            // Whatever stops the upgrade also keeps the database behind.
            new Link(BEHIND_HEAD, actionable(), (cause, _) -> cause.severity() != Severity.INFO),
            new Link(UNKNOWN_REVISION, EnumSet.of(DUPLICATE_REVISION, MISSING_PARENT), RootCause::shareRevision),
            // A revision that was stamped and run by hand afterwards is seen as stamped only.
            new Link(SCHEMA_AHEAD_OF_STAMP, EnumSet.of(STAMPED_NOT_RUN), RootCause::shareRevision),
            new Link(STAMP_UNCONFIRMED, EnumSet.of(STAMPED_NOT_RUN), RootCause::shareRevision),
            new Link(STAMPED_NOT_RUN, EnumSet.of(STAMPED_AHEAD_OF_SCHEMA, SCHEMA_HOLE), RootCause::shareRevision),
            // A column that was renamed by hand is missing under one name and untracked under the other.
            new Link(UNTRACKED_OBJECTS, EnumSet.of(SCHEMA_HOLE), RootCause::shareColumnsOfTable),
            new Link(UNATTRIBUTED_CHANGE,
                    EnumSet.of(SCHEMA_AHEAD_OF_STAMP, STAMPED_AHEAD_OF_SCHEMA, SCHEMA_HOLE, UNTRACKED_OBJECTS),
                    RootCause::shareObject),
            new Link(SCRIPTS_DIFFER,
                    EnumSet.of(DUPLICATE_REVISION, MISSING_PARENT, MULTIPLE_HEADS, UNKNOWN_REVISION),
                    RootCause::shareRevision),
            new Link(REVISION_EDITED, EnumSet.of(DUPLICATE_REVISION), RootCause::shareRevision),
            new Link(LINEAGE_REWRITTEN, EnumSet.of(DUPLICATE_REVISION), RootCause::shareRevision),
            new Link(FORKED,
                    EnumSet.of(MULTIPLE_HEADS, UNKNOWN_REVISION, OVERLAPPING_REVISIONS, MERGE_SIBLING_SKIPPED,
                            SCHEMA_AHEAD_OF_STAMP, STAMPED_AHEAD_OF_SCHEMA, SCHEMA_HOLE, STAMPED_NOT_RUN,
                            SCRIPTS_DIFFER),
                    RootCause::shareRevision),
            new Link(SCHEMA_DIFFERS,
                    EnumSet.of(MERGE_SIBLING_SKIPPED, SCHEMA_AHEAD_OF_STAMP, STAMPED_AHEAD_OF_SCHEMA, SCHEMA_HOLE,
                            UNTRACKED_OBJECTS, UNATTRIBUTED_CHANGE),
                    RootCause::shareObject));

    /** Codes in the order in which people read them: what is wrong with a database comes before what is wrong with its scripts. */
    public static final List<DivergenceCode> READING_ORDER = Stream.of(DivergenceCode.values())
            .sorted(Comparator.comparing(RootCause::isOfScripts))
            .toList();

    /**
     * The findings of one environment, grouped: the most severe group first, the database before the scripts, otherwise in the given
     * order. Every finding is in exactly one group.
     */
    public static List<RootCause> of(List<Finding> findings) {
        Map<Finding, List<Finding>> groups = new LinkedHashMap<>();
        for (Finding finding : findings) {
            Finding root = root(finding, findings);
            List<Finding> group = groups.computeIfAbsent(root, _ -> new ArrayList<>());
            if (!root.equals(finding)) {
                group.add(finding);
            }
        }
        return groups.entrySet().stream()
                .map(group -> new RootCause(group.getKey(), group.getValue()))
                .sorted(Comparator.comparing(RootCause::severity)
                        .thenComparing(cause -> isOfScripts(cause.finding().code())))
                .toList();
    }

    private static boolean isOfScripts(DivergenceCode code) {
        return code.area() == Area.SCRIPTS;
    }

    /** The highest severity in the group: folding a finding never hides an error. */
    public Severity severity() {
        return consequences.stream().map(Finding::severity).reduce(finding.severity(),
                (one, other) -> one.compareTo(other) <= 0 ? one : other);
    }

    /** Whether a repair of the cause also ends the other finding. */
    static boolean explains(Finding cause, Finding other) {
        return LINKS.stream().anyMatch(link -> link.consequence == other.code() && link.causes.contains(cause.code())
                && link.shared.test(cause, other));
    }

    private static Finding root(Finding finding, List<Finding> all) {
        Finding root = finding;
        Set<Finding> seen = new HashSet<>();
        while (seen.add(root)) {
            Finding last = root;
            root = all.stream().filter(other -> explains(other, last)).findFirst().orElse(last);
        }
        return root;
    }

    static Map<DivergenceCode, Set<DivergenceCode>> links() {
        Map<DivergenceCode, Set<DivergenceCode>> links = new LinkedHashMap<>();
        LINKS.forEach(link -> links.put(link.consequence, link.causes));
        return links;
    }

    /** Codes whose repair changes the scripts or the database. */
    private static Set<DivergenceCode> actionable() {
        Set<DivergenceCode> codes = EnumSet.noneOf(DivergenceCode.class);
        for (DivergenceCode code : DivergenceCode.values()) {
            if (code != BEHIND_HEAD && code.area() != Area.OBSERVATION && code.area() != Area.ACROSS) {
                codes.add(code);
            }
        }
        return codes;
    }

    private static boolean shareRevision(Finding one, Finding other) {
        Set<String> revisions = revisions(one);
        revisions.retainAll(revisions(other));
        return !revisions.isEmpty();
    }

    private static Set<String> revisions(Finding finding) {
        return finding.evidence().stream()
                .filter(exhibit -> REVISIONS.contains(exhibit.what()))
                .map(Exhibit::value)
                .collect(Collectors.toCollection(HashSet::new));
    }

    private static boolean shareObject(Finding one, Finding other) {
        Set<ObjectName> objects = objects(one);
        objects.retainAll(objects(other));
        return !objects.isEmpty();
    }

    private static boolean shareColumnsOfTable(Finding one, Finding other) {
        Set<ObjectName> tables = tablesOfColumns(one);
        tables.retainAll(tablesOfColumns(other));
        return !tables.isEmpty();
    }

    private static Set<ObjectName> objects(Finding finding) {
        return finding.evidence().stream()
                .map(Exhibit::object)
                .filter(Objects::nonNull)
                .collect(Collectors.toCollection(HashSet::new));
    }

    private static Set<ObjectName> tablesOfColumns(Finding finding) {
        Set<ObjectName> tables = new HashSet<>();
        for (ObjectName object : objects(finding)) {
            if (object.kind() == ObjectKind.COLUMN && object.table() != null) {
                tables.add(ObjectName.table(object.schema(), object.table()));
            }
        }
        return tables;
    }
}
