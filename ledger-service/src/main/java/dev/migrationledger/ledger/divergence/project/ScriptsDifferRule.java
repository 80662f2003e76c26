package dev.migrationledger.ledger.divergence.project;

import dev.migrationledger.contracts.diagnosis.DivergenceCode;
import dev.migrationledger.contracts.diagnosis.Finding;
import dev.migrationledger.contracts.diagnosis.Finding.Exhibit;
import dev.migrationledger.contracts.diagnosis.Finding.PlanStep;
import dev.migrationledger.contracts.diagnosis.Severity;
import dev.migrationledger.contracts.revision.Revision;
import dev.migrationledger.contracts.text.Count;
import dev.migrationledger.core.graph.CodeComparison;
import dev.migrationledger.core.graph.RevisionGraph;
import dev.migrationledger.ledger.divergence.project.EnvironmentSnapshot.SourceSeen;
import dev.migrationledger.ledger.divergence.project.ProjectSnapshot.Sighting;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Sources of one environment's scripts have different revisions. One that only goes on where the other ends, or has not come as far, is
 * worth knowing: a deploy is under way. Anything else is not as it should be. Scripts that agents of different versions read in different forms are
 * not compared, and the environment is not judged.
 */
final class ScriptsDifferRule implements ProjectRule {

    private static final int EXHIBITS = 10;

    @Override
    public DivergenceCode code() {
        return DivergenceCode.SCRIPTS_DIFFER;
    }

    @Override
    public Optional<List<Finding>> findings(EnvironmentSnapshot here, ProjectSnapshot project) {
        return here.sources().isEmpty() || !isComparable(here)
                ? Optional.empty()
                : Optional.of(differences(here, project));
    }

    private static boolean isComparable(EnvironmentSnapshot here) {
        SourceSeen counts = here.sources().getFirst();
        return latest(here, counts).values().stream().allMatch(other -> other.form() == counts.form());
    }

    private static List<Finding> differences(EnvironmentSnapshot here, ProjectSnapshot project) {
        SourceSeen counts = here.sources().getFirst();
        List<Finding> findings = new ArrayList<>();
        latest(here, counts).forEach((kind, other) -> {
            Sides sides = Sides.of(counts, other);
            if (!sides.onlyHere.isEmpty() || !sides.onlyThere.isEmpty()) {
                findings.add(finding(here, kind, sides, project));
            }
        });
        return findings;
    }

    /**
     * A pipeline publishes one commit after the other: of sources of one kind the latest counts. What the watching agent itself read
     * elsewhere before is past.
     */
    private static Map<String, SourceSeen> latest(EnvironmentSnapshot here, SourceSeen counts) {
        Map<String, SourceSeen> latest = new TreeMap<>();
        here.sources().stream()
                .filter(it -> !it.agent().equals(counts.agent()) && !it.source().equals(counts.source()))
                .forEach(it -> latest.merge(
                        kind(it.source()), it, (one, two) -> two.lastSeen().isAfter(one.lastSeen()) ? two : one));
        return latest;
    }

    /** {@code git} of {@code git:4f2a91c}; a folder is a kind of its own. */
    static String kind(String source) {
        int colon = source.indexOf(':');
        return colon > 1 && source.substring(0, colon).matches("[A-Za-z][A-Za-z0-9_-]*")
                ? source.substring(0, colon)
                : source;
    }

    private record Sides(SourceSeen here, SourceSeen there, List<String> onlyHere, List<String> onlyThere) {

        static Sides of(SourceSeen here, SourceSeen there) {
            return new Sides(here, there, lacking(here.graph(), there.graph()), lacking(there.graph(), here.graph()));
        }

        private static List<String> lacking(RevisionGraph has, RevisionGraph lacks) {
            return has.revisions().stream()
                    .map(Revision::revision)
                    .filter(id -> !lacks.contains(id))
                    .distinct()
                    .toList();
        }

        boolean oneGoesOn() {
            return (onlyHere.isEmpty() || onlyThere.isEmpty())
                    && here.graph().heads().size() <= 1
                    && there.graph().heads().size() <= 1;
        }
    }

    private static Finding finding(EnvironmentSnapshot here, String kind, Sides sides, ProjectSnapshot project) {
        String counts = MessageValues.id(sides.here.source());
        String other = MessageValues.id(sides.there.source());
        List<String> sentences = new ArrayList<>();
        List<Exhibit> evidence = new ArrayList<>();
        int differing = sides.onlyHere.size() + sides.onlyThere.size();
        only(here, sides.onlyHere, sides.here, project, sentences, evidence);
        only(here, sides.onlyThere, sides.there, project, sentences, evidence);
        CodeComparison.between(sides.here.graph(), sides.onlyHere, sides.there.graph(), sides.onlyThere).stream()
                .limit(EXHIBITS)
                .forEach(it -> sentences.add("%s of %s has the same code as %s of %s.".formatted(
                        MessageValues.id(it.one()), counts, MessageValues.id(it.other()), other)));
        heads(sides.here).ifPresent(sentences::add);
        heads(sides.there).ifPresent(sentences::add);
        return new Finding(
                DivergenceCode.SCRIPTS_DIFFER,
                sides.oneGoesOn() ? Severity.INFO : Severity.WARNING,
                kind,
                "The scripts of %s and %s differ in %s.".formatted(counts, other,
                        Count.of(differing, "revision")),
                Stream.concat(
                        Stream.concat(sentences.stream(),
                                Stream.of("The findings of this database are based on %s.".formatted(counts)))
                                .map(Exhibit::detail),
                        evidence.stream()).toList(),
                List.of(new PlanStep(
                        null,
                        "Decide whether %s or %s is right, and rebuild the other from it. That changes no database."
                                .formatted(counts, other),
                        "The next scans of both resolve this divergence.",
                        List.of("Rebuild an image without its build cache, or check out that commit."))));
    }

    private static void only(
            EnvironmentSnapshot here, List<String> ids, SourceSeen source, ProjectSnapshot project,
            List<String> sentences,
            List<Exhibit> evidence) {
        if (ids.isEmpty()) {
            return;
        }
        Map<String, Instant> since = new LinkedHashMap<>();
        for (String id : ids) {
            since.put(id, seenSince(here, id, source, project));
        }
        Instant first = since.values().stream().min(Instant::compareTo).orElse(source.firstSeen());
        sentences.add("Only %s has %s, since %s.".formatted(MessageValues.id(source.source()), MessageValues.ids(ids),
                MessageValues.time(first)));
        since.entrySet().stream().limit(EXHIBITS).forEach(entry -> evidence.add(new Exhibit(
                Exhibit.What.REVISION_ONLY_IN_SOURCE, entry.getKey(), null, null, source.source(), entry.getValue())));
    }

    private static Instant seenSince(EnvironmentSnapshot here, String id, SourceSeen source, ProjectSnapshot project) {
        return project.history().variants(id).stream()
                .flatMap(variant -> variant.sightings().stream())
                .filter(it -> it.environment().equals(here.name()) && it.source().equals(source.source()))
                .map(Sighting::firstSeen)
                .min(Instant::compareTo)
                .orElse(source.firstSeen());
    }

    private static Optional<String> heads(SourceSeen source) {
        List<String> heads = source.graph().heads();
        return heads.size() < 2
                ? Optional.empty()
                : Optional.of("%s has %d heads: %s.".formatted(
                        MessageValues.id(source.source()), heads.size(), MessageValues.ids(heads)));
    }
}
