package dev.migrationledger.ledger.dashboard.graph;

import dev.migrationledger.contracts.diagnosis.Divergence;
import dev.migrationledger.contracts.diagnosis.DivergenceCode;
import dev.migrationledger.contracts.diagnosis.Finding.Exhibit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Where the schemas of environments are, as far as findings say that they are not where their version tables are.
 *
 * @param schemas by revision, the environments whose schemas match it
 * @param holes revisions that a schema does not hold as they leave it
 * @param findings by revision, the codes of other findings that name it
 */
record PhysicalPlaces(
        Map<String, List<String>> schemas, Set<String> holes, Map<String, Set<String>> findings) {

    /** Where a schema is elsewhere, its finding names the revisions that it matches. */
    private static final Set<DivergenceCode> ELSEWHERE = Set.of(DivergenceCode.SCHEMA_AHEAD_OF_STAMP,
            DivergenceCode.STAMPED_AHEAD_OF_SCHEMA);

    /** What the graph shows in another way. */
    private static final Set<DivergenceCode> SHOWN = Set.of(DivergenceCode.BEHIND_HEAD, DivergenceCode.MULTIPLE_HEADS,
            DivergenceCode.FORKED, DivergenceCode.UNKNOWN_REVISION, DivergenceCode.REVISION_EDITED,
            DivergenceCode.LINEAGE_REWRITTEN);

    static PhysicalPlaces of(Collection<Divergence> open) {
        Map<String, List<String>> schemas = new TreeMap<>();
        Set<String> holes = new TreeSet<>();
        Map<String, Set<String>> findings = new TreeMap<>();
        for (Divergence one : open) {
            Set<String> named = revisions(one);
            if (ELSEWHERE.contains(one.code())) {
                named.forEach(id -> schemas.computeIfAbsent(id, _ -> new ArrayList<>()).add(one.environment()));
            } else if (one.code() == DivergenceCode.SCHEMA_HOLE) {
                holes.addAll(named);
            } else if (!SHOWN.contains(one.code())) {
                named.forEach(id -> findings.computeIfAbsent(id, _ -> new TreeSet<>()).add(one.code().code()));
            }
        }
        return new PhysicalPlaces(schemas, holes, findings);
    }

    /** That a finding names, in its order. */
    static Set<String> revisions(Divergence one) {
        Set<String> named = new LinkedHashSet<>();
        one.evidence().stream().filter(exhibit -> exhibit.what() == Exhibit.What.REVISION
                || exhibit.what() == Exhibit.What.REVISION_NEVER_SEEN_TO_RUN).map(Exhibit::value).forEach(named::add);
        return named;
    }
}
