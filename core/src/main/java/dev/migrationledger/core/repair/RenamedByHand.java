package dev.migrationledger.core.repair;

import dev.migrationledger.contracts.diagnosis.Finding.PlanStep;
import dev.migrationledger.contracts.footprint.Effect.Create;
import dev.migrationledger.contracts.footprint.Footprint;
import dev.migrationledger.contracts.schema.ObjectKind;
import dev.migrationledger.contracts.schema.ObjectName;
import dev.migrationledger.contracts.schema.SchemaObject;
import dev.migrationledger.core.position.Discrepancy;
import dev.migrationledger.core.position.PhysicalState.Unexplained;
import dev.migrationledger.core.position.SchemaEvidence.Difference;
import dev.migrationledger.core.situation.MessageText;
import dev.migrationledger.core.situation.Observations.SchemaSeen;
import dev.migrationledger.core.situation.Observations.ScriptsSeen;
import dev.migrationledger.core.situation.SchemaAnalysis;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A missing table or column that was probably renamed by hand. An upgrade would create an empty one and leave the rows in the old one.
 *
 * @param missing as the revisions leave it
 * @param now an object that no revision makes and that looks like it
 */
record RenamedByHand(ObjectName missing, ObjectName now) {

    static List<RenamedByHand> of(
            ScriptsSeen scripts, SchemaAnalysis schema, SchemaSeen live, List<String> stamped) {
        List<ObjectName> missing = schema.missing(stamped).stream().map(Difference::discrepancy)
                .filter(one -> one.kind() == Discrepancy.Kind.MISSING).map(Discrepancy::object).toList();
        List<ObjectName> unknown = schema.physical().unexplained().stream().map(Unexplained::object).toList();
        Set<ObjectName> objects = live.snapshot().objects().stream().map(SchemaObject::object)
                .collect(Collectors.toSet());
        List<RenamedByHand> renamed = new ArrayList<>();
        for (ObjectName object : missing) {
            unknown.stream()
                    .filter(one -> one.kind() == object.kind() && Objects.equals(one.schema(), object.schema())
                            && looksLike(scripts, objects, object, one))
                    .findFirst().ifPresent(one -> renamed.add(new RenamedByHand(object, one)));
        }
        return renamed;
    }

    private static boolean looksLike(
            ScriptsSeen scripts, Set<ObjectName> objects, ObjectName missing, ObjectName unknown) {
        return switch (missing.kind()) {
            case COLUMN -> Objects.equals(missing.table(), unknown.table());
            case TABLE -> {
                Set<String> expected = columns(created(scripts), missing);
                Set<String> actual = columns(objects.stream(), unknown);
                Set<String> both = new HashSet<>(expected);
                both.retainAll(actual);
                yield !both.isEmpty() && 2 * both.size() > actual.size() && 2 * both.size() > expected.size();
            }
            case SCHEMA, EXTENSION, CONSTRAINT, INDEX, SEQUENCE, ENUM, DOMAIN, TYPE, VIEW, MATERIALIZED_VIEW, FUNCTION,
                    TRIGGER, POLICY ->
                false;
        };
    }

    private static Stream<ObjectName> created(ScriptsSeen scripts) {
        return scripts.footprints().values().stream().map(Footprint::upgrade)
                .flatMap(upgrade -> upgrade.effects().stream()).filter(Create.class::isInstance)
                .map(effect -> ((Create) effect).object());
    }

    private static Set<String> columns(Stream<ObjectName> objects, ObjectName table) {
        return objects.filter(one -> one.kind() == ObjectKind.COLUMN && table.name().equals(one.table())
                && (one.schema() == null || one.schema().equals(table.schema())))
                .map(ObjectName::name).collect(Collectors.toSet());
    }

    /** What a person has to find out first. */
    static PlanStep question(Collection<RenamedByHand> renamed) {
        List<String> all = renamed.stream()
                .map(one -> "%s was renamed to %s".formatted(MessageText.object(one.missing), one.now.name())).toList();
        List<String> details = new ArrayList<>();
        details.add("Until then, an upgrade would create an empty one.");
        if (all.size() > 1) {
            all.stream().limit(MessageText.MOST_NAMED)
                    .forEach(one -> details.add("Perhaps %s.".formatted(one)));
        }
        return new PlanStep(null,
                "Check by hand whether %s. If so, rename it back; if not, drop or rename what no migration creates."
                        .formatted(all.size() == 1 ? all.getFirst() : "%d objects were renamed".formatted(all.size())),
                "Each has the name that the scripts give it.", details);
    }
}
