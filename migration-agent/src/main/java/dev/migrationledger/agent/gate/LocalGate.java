package dev.migrationledger.agent.gate;

import dev.migrationledger.agent.database.observation.SchemaObservation;
import dev.migrationledger.agent.tool.MigrationTool;
import dev.migrationledger.agent.tool.ScriptsLocation;
import dev.migrationledger.agent.watch.FirstObservation;
import dev.migrationledger.contracts.diagnosis.Finding;
import dev.migrationledger.contracts.event.ObservedScripts;
import dev.migrationledger.contracts.event.RevisionFile;
import dev.migrationledger.contracts.footprint.Footprint;
import dev.migrationledger.contracts.gate.LocalDecision;
import dev.migrationledger.contracts.policy.EnvironmentPolicy;
import dev.migrationledger.contracts.policy.Policy.Unreachable;
import dev.migrationledger.contracts.policy.SignedPolicy;
import dev.migrationledger.contracts.text.Fingerprint;
import dev.migrationledger.contracts.wire.ContractJson;
import dev.migrationledger.contracts.wire.WireException;
import dev.migrationledger.core.graph.RevisionGraph;
import dev.migrationledger.core.policy.DeployRequest;
import dev.migrationledger.core.policy.Judgement;
import dev.migrationledger.core.policy.PolicyJudge;
import dev.migrationledger.core.rules.Diagnosis;
import dev.migrationledger.core.scripts.ScriptFindings;
import dev.migrationledger.core.situation.Observations;
import dev.migrationledger.core.situation.Observations.SchemaSeen;
import dev.migrationledger.core.situation.Observations.ScriptsSeen;
import dev.migrationledger.core.situation.ResolvedRows;
import dev.migrationledger.core.situation.ToolCalls;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Decides about a deploy while the ledger does not answer: by the last policy that it signed, and by what was just observed. What only the
 * ledger knows counts as not known, and never opens the gate.
 */
final class LocalGate {

    /** The ledger's public key, from a place where those who may write policies kept by agents may not write. */
    static final String PUBLIC_KEY = "MIGRATION_LEDGER_PUBLIC_KEY";

    /** What a project demands changes: an older policy decides nothing. */
    static final Duration OLDEST = Duration.ofDays(7);

    private final GateFolder folder;
    private final String project;
    private final String environment;
    private final MigrationTool tool;
    private final ScriptsLocation location;
    private final String trustedKey;

    /**
     * A gate of one environment.
     *
     * @param trustedKey the only one whose policies count; empty: any that a ledger's answer had
     */
    LocalGate(
            GateFolder folder, String project, String environment, MigrationTool tool, ScriptsLocation location,
            String trustedKey) {
        this.folder = folder;
        this.project = project;
        this.environment = environment;
        this.tool = tool;
        this.location = location;
        this.trustedKey = trustedKey;
    }

    /** What came of it. */
    sealed interface Result {

        /**
         * A decision.
         *
         * @param findings of the environment
         */
        record Decided(LocalDecision decision, List<Finding> findings) implements Result {
            public Decided {
                findings = List.copyOf(findings);
            }
        }

        /**
         * There is no decision.
         *
         * @param why a whole sentence
         */
        record Undecided(String why) implements Result {}
    }

    /** Whether a policy may be kept. */
    boolean isTrusted(SignedPolicy policy) {
        return trustedKey.isEmpty() || (policy.publicKey().equals(trustedKey) && policy.isGenuine());
    }

    /**
     * Decides.
     *
     * @param run that will deploy at once; absent: only an answer is asked for
     */
    Result decide(
            UUID deploy, ObservedScripts scripts, Fingerprint schema, FirstObservation first, @Nullable UUID run,
            Instant now) {
        EnvironmentPolicy held;
        try {
            held = held(now);
        } catch (NotHeld e) {
            return new Result.Undecided(String.valueOf(e.getMessage()));
        }
        RevisionGraph graph = first.scripts().graph();
        List<String> pending = ResolvedRows.of(first.observation().table(), graph).pending(graph);
        List<Finding> findings = Diagnosis.of(observations(first)).findings();
        Judgement judgement = PolicyJudge.judgeAlone(held, new DeployRequest(environment, held.labels(), findings,
                pending, List.of(), null, first.at(), now, new DeployRequest.Caller(null, false), 0, null));
        boolean allowed = !judgement.isBlocked() || held.policy().unreachable() == Unreachable.ALLOW;
        return new Result.Decided(new LocalDecision(deploy, allowed, scripts, first.observation().table().rows(),
                schema, pending, judgement.reasons(), held.version(), held.issuedAt(), first.at(), now, now, run),
                findings);
    }

    /** There is no policy to decide by. */
    private static final class NotHeld extends Exception {
        private static final long serialVersionUID = 1L;

        NotHeld(String why) {
            super(why);
        }
    }

    private EnvironmentPolicy held(Instant now) throws NotHeld {
        Path file = folder.policyFile();
        EnvironmentPolicy held;
        try {
            SignedPolicy signed = folder.policy().orElseThrow(() -> new NotHeld(
                    "No policy of this environment was kept on this machine, so nothing can be decided without the ledger."));
            if (!signed.isGenuine() || !isTrusted(signed)) {
                throw new NotHeld("The policy in %s is not as the ledger signed it. Delete the file, and ask again."
                        .formatted(file));
            }
            held = ContractJson.read(signed.policy().getBytes(StandardCharsets.UTF_8), EnvironmentPolicy.class);
        } catch (IOException | WireException e) {
            throw new NotHeld("The policy in %s cannot be read: %s. Delete the file, and ask again.".formatted(file,
                    e.getMessage()));
        }
        if (held.form() != EnvironmentPolicy.FORM || !held.project().equals(project)
                || !held.environment().equals(environment)) {
            throw new NotHeld("The policy in %s is of %s/%s, or of a newer ledger. Delete the file, and ask again."
                    .formatted(file, held.project(), held.environment()));
        }
        if (held.issuedAt().plus(OLDEST).isBefore(now)) {
            throw new NotHeld("The policy in %s is of %s, older than %d days, and decides nothing any more."
                    .formatted(file, held.issuedAt(), OLDEST.toDays()));
        }
        return held;
    }

    /** As a ledger would have it that knows no earlier observation. */
    private Observations observations(FirstObservation first) {
        Map<String, Footprint> footprints = first.scripts().files().get().stream()
                .collect(Collectors.toMap(RevisionFile::revision, RevisionFile::footprint, (_, last) -> last));
        ScriptsSeen scripts = new ScriptsSeen(first.scripts().history().source(), first.scripts().graph(),
                ScriptFindings.of(first.scripts().history().problems()), footprints);
        SchemaSeen schema = first.observation().schema() instanceof SchemaObservation.Read(var snapshot)
                ? new SchemaSeen(snapshot, first.observation().defaultSchema())
                : null;
        return new Observations(scripts, first.observation().table(), null, schema, null,
                ToolCalls.here(tool.invocation(location)));
    }
}
