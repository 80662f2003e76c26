package dev.migrationledger.ledger.divergence.project;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migrationledger.contracts.diagnosis.DivergenceCode;
import dev.migrationledger.contracts.diagnosis.Finding;
import dev.migrationledger.contracts.diagnosis.Finding.Exhibit;
import dev.migrationledger.contracts.envelope.Occurrence;
import dev.migrationledger.contracts.environment.RevisionStatus;
import dev.migrationledger.contracts.policy.EnvironmentSelector;
import dev.migrationledger.contracts.revision.Revision;
import dev.migrationledger.contracts.revision.SemanticDigest;
import dev.migrationledger.contracts.schema.Definition;
import dev.migrationledger.contracts.schema.ObjectName;
import dev.migrationledger.contracts.schema.SchemaObject;
import dev.migrationledger.contracts.schema.SchemaSnapshot;
import dev.migrationledger.core.collection.PersistentMap;
import dev.migrationledger.core.graph.RevisionGraph;
import dev.migrationledger.core.situation.Observations.SchemaSeen;
import dev.migrationledger.core.merge.MergeContents;
import dev.migrationledger.core.merge.PlacedEnvironment;
import dev.migrationledger.core.situation.Observations.ScriptsSeen;
import dev.migrationledger.core.situation.Observations.ToolCall;
import dev.migrationledger.ledger.divergence.project.EnvironmentSnapshot.SourceSeen;
import dev.migrationledger.ledger.divergence.project.ProjectSnapshot.History;
import dev.migrationledger.ledger.divergence.project.ProjectSnapshot.Sighting;
import dev.migrationledger.ledger.divergence.project.ProjectSnapshot.Variant;
import dev.migrationledger.ledger.view.Story;
import dev.migrationledger.testsupport.text.PlainWords;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A project for tests, environment by environment. Histories as {@link Story#history} draws them; times in minutes past noon. */
final class DrawnProject {

    private static final ToolCall TOOL = new ToolCall("alembic -c conf/alembic.ini", "", "");

    private final Map<String, EnvironmentSnapshot> environments = new TreeMap<>();
    private final Map<String, SchemaSeen> schemas = new HashMap<>();
    private final Map<String, List<Variant>> variants = new TreeMap<>();
    private final Map<String, SemanticDigest> semantics = new HashMap<>();
    private final List<PipelineDemand> pipelines = new ArrayList<>();
    private final List<ProposedMerge> merges = new ArrayList<>();
    private EnvironmentSnapshot last = new EnvironmentSnapshot("", Map.of(), null, List.of(), Map.of(), Set.of(), null,
            TOOL,
            null, Map.of());

    /** A new environment; what follows is about it. */
    DrawnProject environment(String name) {
        return put(new EnvironmentSnapshot(name, Map.of(), null, List.of(), Map.of(), Set.of(), null, TOOL, null,
                Map.of()));
    }

    DrawnProject label(String key, String value) {
        return put(new EnvironmentSnapshot(
                last.name(), Map.of(key, value), last.rows(), last.sources(), last.statuses(), last.proved(),
                last.schema(), TOOL,
                null, Map.of()));
    }

    /** What files with a digest do, wherever they are drawn from here on. */
    DrawnProject does(String digest, SemanticDigest what) {
        semantics.put(digest, what);
        return this;
    }

    /** Its scripts as a source has them; the first counts. */
    DrawnProject scripts(String source, int minute, String drawn) {
        return scripts(source, minute, "0".repeat(64), drawn);
    }

    /** Of a source that an agent of another version read. */
    DrawnProject scripts(int form, String source, int minute, String drawn) {
        scripts(source, minute, drawn);
        List<SourceSeen> sources = new ArrayList<>(last.sources());
        SourceSeen it = sources.removeLast();
        sources.add(new SourceSeen(it.source(), it.agent(), form, it.digest(), it.graph(), it.firstSeen(),
                it.lastSeen()));
        return put(new EnvironmentSnapshot(
                last.name(), last.labels(), last.rows(), sources, last.statuses(), last.proved(), last.schema(), TOOL,
                null, Map.of()));
    }

    DrawnProject scripts(String source, int minute, String digest, String drawn) {
        List<Revision> revisions = Story.history(drawn).stream()
                .map(it -> new Revision(it.revision(), it.parents(), it.dependsOn(), it.labels(), it.message(),
                        it.file(), digest, semantics.get(digest)))
                .toList();
        List<SourceSeen> sources = new ArrayList<>(last.sources());
        sources.add(
                new SourceSeen(source, "agent of " + source, 1, digest, RevisionGraph.of(revisions), minute(minute),
                        minute(minute)));
        return put(new EnvironmentSnapshot(
                last.name(), last.labels(), last.rows(), sources, last.statuses(), last.proved(), last.schema(), TOOL,
                null, Map.of()));
    }

    DrawnProject rows(String... rows) {
        return put(new EnvironmentSnapshot(
                last.name(), last.labels(), Arrays.stream(rows).sorted().toList(), last.sources(), last.statuses(),
                last.proved(),
                last.schema(), TOOL, null, Map.of()));
    }

    /** Seen to run, in this minute exactly. */
    DrawnProject ran(int minute, String... revisions) {
        Map<String, RevisionStatus> statuses = new HashMap<>(last.statuses());
        for (String revision : revisions) {
            statuses.put(revision, new RevisionStatus(
                    revision, RevisionStatus.Kind.APPLIED, false, Occurrence.exactly(minute(minute)), null));
        }
        return put(new EnvironmentSnapshot(
                last.name(), last.labels(), last.rows(), last.sources(), statuses, last.proved(), last.schema(), TOOL,
                null, Map.of()));
    }

    /** Pipelines ran these, as an issuer proved. */
    DrawnProject proved(String... revisions) {
        return put(new EnvironmentSnapshot(
                last.name(), last.labels(), last.rows(), last.sources(), last.statuses(), Set.of(revisions),
                last.schema(), TOOL, null, Map.of()));
    }

    /** The heads of the scripts of the last environment should be one. */
    DrawnProject proposed(boolean approved) {
        List<String> heads = MergeContents.heads(last.graph());
        merges.add(new ProposedMerge(
                MergeContents.of(new ScriptsSeen("git", last.graph(), List.of(), Map.of()), heads, null,
                        List.of(new PlacedEnvironment("one", List.of("b"), Set.of("a", "b"), Map.of()),
                                new PlacedEnvironment("other", List.of("c"), Set.of("a", "c"), Map.of())),
                        null),
                approved));
        return this;
    }

    /** From this minute on the policy expects that pipelines deploy here. */
    DrawnProject pipelines(int minute) {
        pipelines.add(new PipelineDemand(EnvironmentSelector.named(last.name()), minute(minute)));
        return this;
    }

    /** Its live schema: tables of the schema that is its own. */
    DrawnProject schema(String own, String... tables) {
        return schema(SchemaSnapshot.FORM, own, tables);
    }

    /** Likewise, as an agent of another version read it. */
    DrawnProject schema(int form, String own, String... tables) {
        SchemaSnapshot snapshot = new SchemaSnapshot(form, Arrays.stream(tables)
                .map(table -> new SchemaObject(ObjectName.table(own, table), Definition.Table.UNKNOWN))
                .toList());
        SchemaSeen seen = new SchemaSeen(snapshot, own);
        schemas.put(last.name(), seen);
        return put(new EnvironmentSnapshot(
                last.name(), last.labels(), last.rows(), last.sources(), last.statuses(), last.proved(),
                SchemaComparisons.printOf(seen),
                TOOL, null, Map.of()));
    }

    /** The live schema of an environment; absent: no agent read it. */
    @Nullable
    SchemaSeen schemaOf(String environment) {
        return schemas.get(environment);
    }

    /** The environment's scripts had a revision with these parents and this digest, from then on. */
    DrawnProject seen(String source, int minute, String digest, String drawn) {
        Revision it = Story.history(drawn).getFirst();
        Revision declared = new Revision(it.revision(), it.parents(), it.dependsOn(), it.labels(), it.message(),
                it.file(), digest, semantics.get(digest));
        variants.computeIfAbsent(it.revision(), _ -> new ArrayList<>()).add(new Variant(
                declared,
                List.of(new Sighting(last.name(), source, minute(minute)))));
        return this;
    }

    private DrawnProject put(EnvironmentSnapshot one) {
        last = one;
        environments.put(one.name(), one);
        return this;
    }

    ProjectSnapshot seen() {
        return new ProjectSnapshot(PersistentMap.of(environments), history(),
                new SchemaComparisons((_, name) -> Optional.ofNullable(schemas.get(name))).of("shop"), pipelines,
                merges);
    }

    /** What one rule found, by environment; absent: it could not be judged. */
    Map<String, List<Finding>> evaluate(DivergenceCode code) {
        Map<String, List<Finding>> found = new TreeMap<>();
        ProjectRules.evaluate(seen()).forEach((name, verdict) -> {
            if (verdict.evaluated().contains(code)) {
                found.put(name, verdict.findings().stream().filter(it -> it.code() == code).toList());
            }
        });
        return found;
    }

    /** What it finds in an environment: one message; empty where there is nothing to say; null where it could not be judged. */
    @Nullable
    String says(DivergenceCode code, String environment) {
        List<Finding> found = evaluate(code).get(environment);
        return found == null ? null : found.stream().map(DrawnProject::sentences).collect(Collectors.joining("\n"));
    }

    /** The message, and below it each detail; all of them plain. */
    static String sentences(Finding finding) {
        assertThat(PlainWords.faults(finding)).isEmpty();
        return Stream.concat(Stream.of(finding.message()),
                finding.evidence().stream().filter(Exhibit::isSentence).map(Exhibit::value))
                .collect(Collectors.joining("\n"));
    }

    private History history() {
        return new History() {
            @Override
            public Set<String> contested() {
                return new TreeSet<>(variants.keySet());
            }

            @Override
            public List<Variant> variants(String revision) {
                return variants.getOrDefault(revision, List.of());
            }
        };
    }

    static Instant minute(int minute) {
        return Story.NOON.plusSeconds(60L * minute);
    }
}
