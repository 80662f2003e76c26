package dev.migrationledger.ledger.divergence;

import dev.migrationledger.contracts.diagnosis.DivergenceCode;
import dev.migrationledger.contracts.diagnosis.Finding;
import dev.migrationledger.contracts.environment.RevisionStatus;
import dev.migrationledger.contracts.event.VersionTable;
import dev.migrationledger.contracts.history.RevisionHistory;
import dev.migrationledger.core.rules.Diagnosis;
import dev.migrationledger.core.situation.Observations;
import dev.migrationledger.core.situation.Observations.SchemaSeen;
import dev.migrationledger.core.situation.Observations.ScriptsSeen;
import dev.migrationledger.core.situation.Observations.Silence;
import dev.migrationledger.core.situation.Observations.ToolCall;
import dev.migrationledger.core.situation.Observations.Watched;
import dev.migrationledger.ledger.contact.Listening.Presence;
import dev.migrationledger.ledger.schema.SchemaView;
import dev.migrationledger.ledger.view.EnvironmentView;
import dev.migrationledger.ledger.view.EnvironmentView.ScriptsOfSource;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Judges one environment by the contracts' rules. Pure. */
final class EnvironmentJudge {

    private static final Set<DivergenceCode> SCRIPTS = EnumSet.range(
            DivergenceCode.CONFIG_INVALID, DivergenceCode.MULTIPLE_HEADS);
    private static final Set<DivergenceCode> VERSION_TABLE = EnumSet.range(
            DivergenceCode.VERSION_TABLE_MISSING, DivergenceCode.SEVERAL_VERSION_TABLES);
    private static final Set<DivergenceCode> SCHEMA = EnumSet.range(
            DivergenceCode.SCHEMA_AHEAD_OF_STAMP, DivergenceCode.UNTRACKED_OBJECTS);

    private EnvironmentJudge() {}

    /**
     * What was found.
     *
     * @param judged codes that could be judged: what was found of the others before stands
     */
    record Verdict(List<Finding> findings, Set<DivergenceCode> judged) {
        Verdict {
            findings = List.copyOf(findings);
            judged = Set.copyOf(judged);
        }
    }

    /** @param remembered every form in which a source of the project ever had a revision */
    static Verdict judge(
            EnvironmentView view, SchemaView schema, Presence presence,
            Function<String, Optional<RevisionHistory>> remembered) {
        Observations observations = observations(view, schema, presence);
        List<Finding> findings = Diagnosis.of(observations).findings().stream()
                .map(finding -> LostAndFound.told(finding, view.project(), remembered))
                .toList();
        return new Verdict(findings, judged(observations, presence));
    }

    private static Observations observations(EnvironmentView view, SchemaView schema, Presence presence) {
        return new Observations(
                scripts(view, schema),
                view.versionTable().orElse(null),
                null,
                schema.schema().orElse(null),
                new Watched(standings(view), view.unattributedChanges(), view.gap(), silence(presence)),
                ToolCall.ALEMBIC);
    }

    private static @Nullable ScriptsSeen scripts(EnvironmentView view, SchemaView schema) {
        return view.sources().stream()
                .filter(ScriptsOfSource::counts)
                .findFirst()
                .map(it -> new ScriptsSeen(it.source(), it.scripts().graph(), it.problems(),
                        schema.footprints(it.agent(), it.source())))
                .orElse(null);
    }

    static Map<String, RevisionStatus> standings(EnvironmentView view) {
        Map<String, RevisionStatus> standings = new HashMap<>();
        view.standings().forEach(standing -> standings.put(standing.revision(), standing));
        return standings;
    }

    private static @Nullable Silence silence(Presence presence) {
        return switch (presence) {
            case Presence.Missed missed -> missed.silence();
            case Presence.Heard _ -> null;
            case Presence.Unclear _ -> null;
        };
    }

    /** A rule without what it looks at says nothing, and nothing is not the same as all is well. */
    private static Set<DivergenceCode> judged(Observations seen, Presence presence) {
        Set<DivergenceCode> judged = EnumSet.of(
                DivergenceCode.UNATTRIBUTED_CHANGE, DivergenceCode.OBSERVATION_GAP);
        ScriptsSeen scripts = seen.scripts();
        VersionTable table = seen.versionTable();
        SchemaSeen schema = seen.schema();
        if (scripts != null) {
            judged.addAll(SCRIPTS);
        }
        if (scripts != null && table != null) {
            judged.addAll(VERSION_TABLE);
            judged.add(DivergenceCode.STAMPED_NOT_RUN);
            if (schema == null) {
                judged.remove(DivergenceCode.MERGE_SIBLING_SKIPPED);
            }
        }
        if (scripts != null && schema != null && table != null) {
            judged.addAll(SCHEMA);
        }
        if (!(presence instanceof Presence.Unclear)) {
            judged.add(DivergenceCode.OBSERVATION_STALE);
        }
        return judged;
    }
}
