package dev.migrationledger.agent.doctor;

import dev.migrationledger.agent.doctor.picture.Picture;
import dev.migrationledger.contracts.diagnosis.DivergenceCode;
import dev.migrationledger.contracts.diagnosis.Finding.Exhibit;
import dev.migrationledger.contracts.event.VersionTable;
import dev.migrationledger.contracts.event.VersionTable.State;
import dev.migrationledger.contracts.text.Glyph;
import dev.migrationledger.core.position.PhysicalState;
import dev.migrationledger.core.rules.Diagnosis;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** What is to be said beside a revision in the picture, the most important revisions first. */
final class GraphAnnotations {

    private static final String HERE = "◀ ";

    /** Further places of a schema that could be at any of them are told in words. */
    private static final int MOST_CANDIDATES = 6;

    private final Map<String, Set<String>> words = new LinkedHashMap<>();

    private GraphAnnotations() {}

    static Map<String, String> of(
            @Nullable VersionTable table, Diagnosis diagnosis, Predicate<String> isKnown) {
        GraphAnnotations marks = new GraphAnnotations();
        if (table != null) {
            marks.stamped(table);
        }
        PhysicalState physical = diagnosis.physical();
        if (physical != null) {
            marks.schema(physical, SchemaPositions.of(diagnosis, physical));
        }
        // Whose objects are not as it leaves them, seen from what is stamped.
        diagnosis.findings().stream()
                .filter(finding -> finding.code() == DivergenceCode.SCHEMA_HOLE)
                .flatMap(finding -> finding.evidence().stream())
                .filter(exhibit -> exhibit.what() == Exhibit.What.REVISION)
                .forEach(exhibit -> marks.add(exhibit.value(), Glyph.WRONG.with("hole")));
        Map<String, String> all = new LinkedHashMap<>();
        marks.words.forEach((id, said) -> {
            if (id.equals(Picture.BEFORE_ALL) || isKnown.test(id)) {
                all.put(id, String.join(", ", said).replace(", " + HERE, ", "));
            }
        });
        return all;
    }

    private void stamped(VersionTable table) {
        table.rows().forEach(row -> add(row, HERE + "stamped"));
        if (table.state() != State.PRESENT) {
            add(Picture.BEFORE_ALL, HERE + (table.state() == State.MISSING
                    ? "no version table"
                    : "empty version table"));
        }
    }

    private void schema(PhysicalState physical, SchemaPositions places) {
        if (places.confirmed()) {
            at(places.sets().getFirst(), HERE + (places.match() ? "schema" : "nearly schema"));
        } else if (places.match()) {
            String word = HERE + (physical.exact() ? "schema" : "schema?");
            places.sets().stream().limit(MOST_CANDIDATES).forEach(candidate -> at(candidate, word));
        } else {
            places.sets().stream().limit(1).forEach(nearest -> at(nearest, HERE + "nearly schema"));
        }
    }

    private void at(List<String> revisions, String word) {
        (revisions.isEmpty() ? List.of(Picture.BEFORE_ALL) : revisions).forEach(id -> add(id, word));
    }

    private void add(String id, String word) {
        words.computeIfAbsent(id, any -> new LinkedHashSet<>()).add(word);
    }
}
