package dev.migrationledger.agent.physical;

import dev.migrationledger.contracts.event.VersionTable;
import dev.migrationledger.contracts.footprint.Footprint;
import dev.migrationledger.contracts.schema.ObjectName;
import dev.migrationledger.contracts.schema.SchemaSnapshot;
import dev.migrationledger.core.graph.RevisionGraph;
import dev.migrationledger.core.position.PhysicalState;
import dev.migrationledger.core.position.SchemaEvidence;
import dev.migrationledger.core.rules.Diagnosis;
import dev.migrationledger.core.situation.Observations;
import dev.migrationledger.core.situation.ToolCalls;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * Holds what is reported of schemas of one history against what is known to be true.
 *
 * @param name of the history
 * @param stops all that were visited
 */
record Judge(String name, RevisionGraph graph, Map<String, Footprint> footprints, List<Walk.Seen> stops) {

    /** How near the answer comes to the truth. */
    enum Answer {
        /** The stop and no other. */
        EXACT,
        /** Several, the stop among them. */
        SET,
        /** None, and the stop is among the nearest. */
        HOLE,
        /** Others if something is assumed, and the stop if that is not. */
        ASSUMED,
        /** Another stop whose schema is the same, object by object. */
        SAME_SCHEMA,
        /** Another stop, from whose schema no more has to be done by hand than was done. */
        AS_NEAR,
        WRONG
    }

    /** @param size of the set that the stop is in */
    record Verdict(Answer answer, int size) {}

    PhysicalState physical(SchemaSnapshot schema) {
        return SchemaEvidence.of(graph, footprints, schema, "public", null, Map.of()).physical();
    }

    /** Of a stop's own schema; a hole is wrong there. */
    Verdict healthy(List<String> truth, PhysicalState state) {
        if (!state.candidates().contains(truth)) {
            return new Verdict(Answer.WRONG, 0);
        }
        int size = state.candidates().size();
        return new Verdict(state.exact() ? Answer.EXACT : Answer.SET, size);
    }

    /** Of a stop's schema to which something was done. */
    Verdict damaged(List<String> truth, PhysicalState state, SchemaSnapshot schema) {
        Verdict verdict = healthy(truth, state);
        if (verdict.answer() != Answer.WRONG) {
            return verdict;
        }
        if (state.nearest().contains(truth)) {
            return new Verdict(state.candidates().isEmpty() ? Answer.HOLE : Answer.ASSUMED, state.nearest().size());
        }
        if (stops.stream()
                .anyMatch(stop -> stop.schema().equals(schema) && state.nearest().contains(stop.stop().rows()))) {
            return new Verdict(Answer.SAME_SCHEMA, 0);
        }
        int done = distance(truth, schema);
        int least = state.nearest().stream().mapToInt(rows -> distance(rows, schema)).min().orElse(Integer.MAX_VALUE);
        return new Verdict(least <= done ? Answer.AS_NEAR : Answer.WRONG, 0);
    }

    /** From a stop's own schema. */
    private int distance(List<String> rows, SchemaSnapshot schema) {
        return stops.stream().filter(stop -> stop.stop().rows().equals(rows))
                .mapToInt(stop -> Distance.between(stop.schema(), schema)).findFirst().orElse(Integer.MAX_VALUE);
    }

    /** What is reported of a schema together with the rows of a version table, which must not change the position of the schema. */
    Diagnosis diagnosis(SchemaSnapshot schema, List<String> rows) {
        VersionTable table = new VersionTable("public.alembic_version",
                rows.isEmpty() ? VersionTable.State.EMPTY : VersionTable.State.PRESENT, rows);
        return Diagnosis.of(new Observations(
                new Observations.ScriptsSeen("scripts", graph, List.of(), footprints), table, null,
                new Observations.SchemaSeen(schema, "public"), null, ToolCalls.WITHOUT_SCRIPTS));
    }

    /** Whether the report points at the object that something was done to, or at its table. */
    static boolean names(PhysicalState state, ObjectName object) {
        return Stream.concat(
                state.discrepancies().stream().map(discrepancy -> discrepancy.object()),
                state.unexplained().stream().map(PhysicalState.Unexplained::object))
                .anyMatch(named -> named.equals(object) || (Objects.equals(named.schema(), object.schema())
                        && named.name().equals(object.table())));
    }
}
