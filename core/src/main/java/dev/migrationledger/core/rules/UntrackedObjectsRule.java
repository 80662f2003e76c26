package dev.migrationledger.core.rules;

import dev.migrationledger.contracts.diagnosis.DivergenceCode;
import dev.migrationledger.contracts.diagnosis.Finding;
import dev.migrationledger.contracts.diagnosis.Finding.Exhibit;
import dev.migrationledger.contracts.diagnosis.Severity;
import dev.migrationledger.contracts.schema.ObjectKind;
import dev.migrationledger.contracts.schema.ObjectName;
import dev.migrationledger.core.position.PhysicalState.Unexplained;
import dev.migrationledger.core.situation.MessageText;
import dev.migrationledger.core.situation.Observations;
import dev.migrationledger.core.situation.Observations.ScriptsSeen;
import dev.migrationledger.core.situation.Observations.VersionTables;
import dev.migrationledger.core.situation.SchemaAnalysis;
import dev.migrationledger.core.situation.SchemaLocator;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/** Something is in the schema that no migration made. */
final class UntrackedObjectsRule implements Rule {

    /** What stands in a table that migrations made; all else may belong to another application. */
    private static final Set<ObjectKind> PARTS = EnumSet.of(ObjectKind.COLUMN, ObjectKind.CONSTRAINT, ObjectKind.INDEX,
            ObjectKind.TRIGGER, ObjectKind.POLICY);

    /** What other scripts of the same configuration create, or a part of it. */
    private static boolean isOfOtherScripts(ScriptsSeen scripts, ObjectName object) {
        return scripts.others().objects().stream().anyMatch(other -> isOrHas(other, object));
    }

    private static boolean isOrHas(ObjectName other, ObjectName object) {
        boolean itself = other.kind() == object.kind() && other.name().equals(object.name())
                && Objects.equals(other.table(), object.table());
        boolean part = other.kind() == ObjectKind.TABLE && other.name().equals(object.table());
        return (itself || part) && (other.schema() == null || other.schema().equals(object.schema()));
    }

    /** Another version table, and what lies beside it in a schema that is not the one of this history. */
    private static boolean isOfAnotherHistory(Observations seen, ObjectName object) {
        VersionTables tables = seen.versionTables();
        String here = seen.schema() == null ? null : seen.schema().defaultSchema();
        String schema = object.kind() == ObjectKind.SCHEMA ? object.name() : object.schema();
        return tables != null && tables.others().stream().anyMatch(other -> other.schema().equals(schema)
                && (!other.schema().equals(here) || object.equals(ObjectName.table(schema, other.table()))));
    }

    @Override
    public DivergenceCode code() {
        return DivergenceCode.UNTRACKED_OBJECTS;
    }

    @Override
    public Set<Input> needs() {
        return Set.of(Input.SCRIPTS, Input.SCHEMA);
    }

    @Override
    public List<Finding> check(RuleContext c) {
        SchemaAnalysis schema = c.schema();
        ScriptsSeen scripts = c.seen().scripts();
        if (schema == null || scripts == null || SchemaLocator.isDamaged(scripts)
                || (c.rows() != null && !c.rows().unknown().isEmpty())) {
            return List.of();
        }
        List<ObjectName> objects = schema.physical().unexplained().stream()
                .filter(object -> object.perhaps() == null)
                .map(Unexplained::object)
                .filter(object -> !isOfAnotherHistory(c.seen(), object) && !isOfOtherScripts(scripts, object))
                .toList();
        if (objects.isEmpty()) {
            return List.of();
        }
        boolean within = objects.stream().anyMatch(object -> PARTS.contains(object.kind()));
        return List.of(new Finding(DivergenceCode.UNTRACKED_OBJECTS, within ? Severity.WARNING : Severity.INFO, "",
                objects.size() == 1
                        ? "%s exists, but no migration creates it."
                                .formatted(MessageText.upper(MessageText.object(objects.getFirst())))
                        : "%d objects exist that no migration creates, such as %s.".formatted(objects.size(),
                                MessageText.object(objects.getFirst())),
                evidence(objects, within), List.of()));
    }

    private static List<Exhibit> evidence(List<ObjectName> objects, boolean within) {
        List<Exhibit> evidence = new ArrayList<>();
        String them = objects.size() == 1 ? "it" : "them";
        if (objects.size() > 1) {
            evidence.add(Exhibit.detail("The objects are %s.".formatted(MessageText.objects(objects))));
        }
        evidence.add(Exhibit.detail(within
                ? "Other databases lack %1$s: write a revision that creates %1$s.".formatted(them)
                : "No action is needed if another application created %s.".formatted(them)));
        objects.stream().limit(MessageText.MOST_NAMED).map(Exhibit::object).forEach(evidence::add);
        return evidence;
    }
}
