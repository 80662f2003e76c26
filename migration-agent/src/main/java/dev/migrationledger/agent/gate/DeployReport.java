package dev.migrationledger.agent.gate;

import dev.migrationledger.agent.watch.FirstObservation;
import dev.migrationledger.contracts.diagnosis.Finding;
import dev.migrationledger.contracts.event.VersionTable;
import dev.migrationledger.contracts.gate.GateAnswer;
import dev.migrationledger.contracts.gate.LocalDecision;
import dev.migrationledger.contracts.policy.GateReason;
import dev.migrationledger.contracts.policy.GateReason.FindingAccepted;
import dev.migrationledger.contracts.policy.GateReason.FindingReason;
import dev.migrationledger.contracts.policy.PolicyPlace;
import dev.migrationledger.contracts.policy.RuleMode;
import dev.migrationledger.contracts.text.Count;
import dev.migrationledger.contracts.text.Fingerprint;
import dev.migrationledger.core.policy.PolicyText;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The answer of {@code gate}, as {@code --output json} prints it. docs/gate.md describes it.
 *
 * @param summary one line for people
 * @param database without its password
 * @param schema names what was observed of it; absent: it could not be read
 * @param reasons the gravest first
 * @param findings those that a reason is about, each with its plan
 * @param pending ids that would run, in their order
 * @param policyVersion 0: the defaults; absent where the gate could not tell
 * @param local that the agent decided without the ledger; absent where the ledger did
 * @param unknown why the gate could not tell; absent where it could
 */
public record DeployReport(
        GateDecision decision,
        String summary,
        @Nullable UUID deploy,
        String environment,
        String database,
        GateScripts scripts,
        VersionTable versionTable,
        @Nullable Fingerprint schema,
        List<String> pending,
        List<Reason> reasons,
        List<Finding> findings,
        @Nullable Integer policyVersion,
        @Nullable Instant decidedAt,
        @Nullable Instant expiresAt,
        @Nullable UUID override,
        @Nullable Local local,
        @Nullable String unknown) {

    /**
     * A decision without the ledger.
     *
     * @param because why it did not answer
     * @param policyAt when it issued the policy that counted
     */
    public record Local(String because, Instant policyAt) {}

    /**
     * Why.
     *
     * @param rule of the policy; absent: the default
     * @param message a whole sentence
     * @param reason for programs
     */
    public record Reason(RuleMode mode, @Nullable String rule, String message, GateReason reason) {

        static Reason of(GateReason reason) {
            PolicyPlace place = reason.place();
            return new Reason(reason.mode(), place == null ? null : place.words(), PolicyText.of(reason), reason);
        }

        /** As {@code reason} has it in JSON, such as {@code deploy-running}. */
        String code() {
            return reason.getClass().getSimpleName().replaceAll("(?<=[a-z])(?=[A-Z])", "-").toLowerCase(Locale.ROOT);
        }

        /** Whether it is about a finding that the project accepts for a while. */
        boolean isAccepted() {
            return reason instanceof FindingAccepted;
        }
    }

    /**
     * The answer for people and programs.
     *
     * @param environment with its project
     * @param database without its password
     */
    static DeployReport of(String environment, String database, FirstObservation first, DeployAnswer answered) {
        GateScripts scripts = GateScripts.of(first.scripts());
        VersionTable table = first.observation().table();
        Fingerprint schema = first.schema();
        return switch (answered) {
            case DeployAnswer.OfLedger(GateAnswer it) -> {
                boolean allowed = it.decision() == GateAnswer.Decision.ALLOWED;
                String how = it.override() == null ? "" : " by an override";
                yield new DeployReport(decision(allowed),
                        summary(environment, allowed, how, it.asked().pending(), it.reasons()), it.deploy(),
                        environment, database, scripts, table, schema, it.asked().pending(), sorted(it.reasons()),
                        shown(it.reasons(), it.findings()), it.policyVersion(), it.decidedAt(), it.expiresAt(),
                        it.override(), null, null);
            }
            case DeployAnswer.OfAgent(LocalDecision it, List<Finding> findings, String because) ->
                new DeployReport(decision(it.allowed()),
                        summary(environment, it.allowed(), " without the ledger", it.pending(), it.reasons()),
                        it.deploy(), environment, database, scripts, table, schema, it.pending(), sorted(it.reasons()),
                        shown(it.reasons(), findings), it.policyVersion(), it.decidedAt(), null, null,
                        new Local(because, it.policyAt()), null);
            case DeployAnswer.None(String why) -> new DeployReport(GateDecision.UNKNOWN,
                    "could not tell: not allowed to deploy to " + environment, null, environment, database, scripts,
                    table, schema, List.of(), List.of(), List.of(), null, null, null, null, null, why);
        };
    }

    private static GateDecision decision(boolean allowed) {
        return allowed ? GateDecision.ALLOWED : GateDecision.BLOCKED;
    }

    private static List<Reason> sorted(List<GateReason> reasons) {
        return reasons.stream().sorted(Comparator.comparing(GateReason::mode)).map(Reason::of).toList();
    }

    /**
     * A line for people.
     *
     * @param how it was decided, after a blank; empty: by the policy
     */
    private static String summary(
            String environment, boolean allowed, String how, List<String> pending, List<GateReason> reasons) {
        long blocking = reasons.stream().filter(reason -> reason.mode() == RuleMode.ENFORCE).count();
        if (!allowed) {
            return "BLOCKED%s: %s, for %s".formatted(how, environment, Count.of(blocking, "reason"));
        }
        String runs = pending.isEmpty() ? "nothing to run" : Count.of(pending.size(), "revision") + " to run";
        String although = blocking == 0
                ? ""
                : blocking == 1 ? ", although 1 reason blocks" : ", although %d reasons block".formatted(blocking);
        return "allowed%s: %s, %s%s".formatted(how, environment, runs, although);
    }

    /** In the order of their reasons. */
    private static List<Finding> shown(List<GateReason> reasons, List<Finding> found) {
        List<Finding> findings = new ArrayList<>();
        reasons.stream().sorted(Comparator.comparing(GateReason::mode))
                .filter(FindingReason.class::isInstance).map(reason -> ((FindingReason) reason).finding())
                .forEach(about -> found.stream()
                        .filter(it -> it.code() == about.code() && it.subject().equals(about.subject()))
                        .filter(it -> !findings.contains(it))
                        .forEach(findings::add));
        return findings;
    }

    /** The finding that a reason is about; absent where it is about something else. */
    @Nullable
    Finding finding(Reason reason) {
        return reason.reason() instanceof FindingReason about
                ? findings.stream().filter(it -> it.code() == about.finding().code()
                        && it.subject().equals(about.finding().subject())).findFirst().orElse(null)
                : null;
    }
}
