package dev.migrationledger.ledger.divergence;

import dev.migrationledger.contracts.environment.RevisionStatus;
import dev.migrationledger.contracts.history.RevisionHistory;
import dev.migrationledger.core.position.PhysicalState;
import dev.migrationledger.core.rules.Diagnosis;
import dev.migrationledger.core.scripts.ScriptFindings;
import dev.migrationledger.core.situation.Observations;
import dev.migrationledger.core.situation.Observations.Heartbeats;
import dev.migrationledger.core.situation.Observations.ScriptsSeen;
import dev.migrationledger.core.situation.Observations.ToolCall;
import dev.migrationledger.core.situation.Observations.Watched;
import dev.migrationledger.ledger.divergence.project.RuleResult;
import dev.migrationledger.ledger.heartbeat.HeartbeatMonitor.Presence;
import dev.migrationledger.ledger.schema.SchemaView;
import dev.migrationledger.ledger.view.EnvironmentView;
import dev.migrationledger.ledger.view.EnvironmentView.ScriptsOfSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Evaluates one environment by the contracts' rules. Pure. */
final class EnvironmentEvaluator {

    private EnvironmentEvaluator() {}

    /** What can be said of an environment without any other. */
    static RuleResult evaluate(EnvironmentView view, SchemaView schema, Presence presence) {
        Diagnosis diagnosis = Diagnosis.of(observations(view, schema, presence));
        return new RuleResult(diagnosis.findings(), diagnosis.evaluated());
    }

    /** Which revisions its schema matches; absent where that cannot be known. */
    static @Nullable PhysicalState physical(EnvironmentView view, SchemaView schema) {
        return Diagnosis.of(observations(view, schema, new Presence.Unknown())).physical();
    }

    /**
     * The same with what the project knows of revisions that the environment's scripts lack.
     *
     * @param remembered every form in which a source of the project ever had a revision
     */
    static RuleResult withHints(RuleResult own, String project, ToolCall tool,
            Function<String, Optional<RevisionHistory>> remembered) {
        return new RuleResult(own.findings().stream()
                .map(finding -> DeletedRevisionHint.added(finding, project, tool, remembered)).toList(),
                own.evaluated());
    }

    private static Observations observations(EnvironmentView view, SchemaView schema, Presence presence) {
        return new Observations(
                scripts(view, schema),
                view.versionTable().orElse(null),
                null,
                isComparable(view, schema) ? schema.schema().orElse(null) : null,
                new Watched(statuses(view), view.unattributedChanges(), view.gap(), heartbeats(presence)),
                view.toolCall());
    }

    /** A schema that this ledger cannot compare with what the scripts do counts as not read: what was found before stays open. */
    private static boolean isComparable(EnvironmentView view, SchemaView schema) {
        return view.sources().stream()
                .filter(ScriptsOfSource::counts)
                .allMatch(it -> schema.isComparable(it.agent(), it.source()));
    }

    static @Nullable ScriptsSeen scripts(EnvironmentView view, SchemaView schema) {
        return view.sources().stream()
                .filter(ScriptsOfSource::counts)
                .findFirst()
                .map(it -> new ScriptsSeen(it.source(), it.scripts().graph(),
                        ScriptFindings.of(it.problems()),
                        schema.footprints(it.agent(), it.source())))
                .orElse(null);
    }

    static Map<String, RevisionStatus> statuses(EnvironmentView view) {
        Map<String, RevisionStatus> statuses = new HashMap<>();
        view.statuses().forEach(status -> statuses.put(status.revision(), status));
        return statuses;
    }

    private static @Nullable Heartbeats heartbeats(Presence presence) {
        return switch (presence) {
            case Presence.Missing missing -> new Heartbeats(missing.silence());
            case Presence.Present _ -> new Heartbeats(null);
            case Presence.Unknown _ -> null;
        };
    }
}
