package dev.migrationledger.agent.gate;

import dev.migrationledger.agent.send.http.GateClient.Response;
import dev.migrationledger.agent.watch.FirstObservation;
import dev.migrationledger.contracts.diagnosis.Finding;
import dev.migrationledger.contracts.event.VersionTable;
import dev.migrationledger.contracts.gate.GateAnswer;
import dev.migrationledger.contracts.policy.GateReason;
import dev.migrationledger.contracts.policy.GateReason.FindingAccepted;
import dev.migrationledger.contracts.policy.GateReason.FindingReason;
import dev.migrationledger.contracts.policy.PolicyPlace;
import dev.migrationledger.contracts.policy.RuleMode;
import dev.migrationledger.contracts.text.Count;
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
 * @param reasons the gravest first
 * @param findings those that a reason is about, each with its plan
 * @param pending ids that would run, in their order
 * @param policyVersion 0: the defaults; absent where the gate could not tell
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
        List<String> pending,
        List<Reason> reasons,
        List<Finding> findings,
        @Nullable Integer policyVersion,
        @Nullable Instant decidedAt,
        @Nullable Instant expiresAt,
        @Nullable UUID override,
        @Nullable String unknown) {

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
     * What a person or a program is told.
     *
     * @param environment with its project
     * @param database without its password
     */
    public static DeployReport of(String environment, String database, FirstObservation first, Response response) {
        GateScripts scripts = GateScripts.of(first.scripts().history(), first.scripts().graph());
        VersionTable table = first.observation().table();
        return switch (response) {
            case Response.Answered(GateAnswer answer) -> of(environment, database, scripts, table, answer);
            case Response.Unreachable(String reason) -> unknown(environment, database, scripts, table, reason);
            case Response.Refused(String reason) -> unknown(environment, database, scripts, table, reason);
            case Response.ObservationNeeded _ -> unknown(environment, database, scripts, table,
                    "The ledger asks again for what it was sent. Check that it has the version of this agent.");
        };
    }

    private static DeployReport of(
            String environment, String database, GateScripts scripts, VersionTable table, GateAnswer answer) {
        List<Reason> reasons = answer.reasons().stream().sorted(Comparator.comparing(GateReason::mode))
                .map(Reason::of).toList();
        boolean allowed = answer.decision() == GateAnswer.Decision.ALLOWED;
        return new DeployReport(allowed ? GateDecision.ALLOWED : GateDecision.BLOCKED,
                summary(environment, answer), answer.deploy(), environment, database, scripts, table,
                answer.asked().pending(), reasons, shown(answer), answer.policyVersion(), answer.decidedAt(),
                answer.expiresAt(), answer.override(), null);
    }

    private static DeployReport unknown(
            String environment, String database, GateScripts scripts, VersionTable table, String reason) {
        return new DeployReport(GateDecision.UNKNOWN, "could not tell: not allowed to deploy to " + environment, null,
                environment, database, scripts, table, List.of(), List.of(), List.of(), null, null, null, null,
                reason);
    }

    private static String summary(String environment, GateAnswer answer) {
        int pending = answer.asked().pending().size();
        String runs = pending == 0 ? "nothing to run" : Count.of(pending, "revision") + " to run";
        long blocking = answer.reasons().stream().filter(reason -> reason.mode() == RuleMode.ENFORCE).count();
        if (answer.decision() == GateAnswer.Decision.BLOCKED) {
            return "BLOCKED: %s, for %s".formatted(environment, Count.of(blocking, "reason"));
        }
        return answer.override() == null
                ? "allowed: %s, %s".formatted(environment, runs)
                : "allowed by an override: %s, %s, although %s".formatted(environment, runs,
                        blocking == 1 ? "1 reason blocks" : blocking + " reasons block");
    }

    /** In the order of their reasons. */
    private static List<Finding> shown(GateAnswer answer) {
        List<Finding> findings = new ArrayList<>();
        answer.reasons().stream().sorted(Comparator.comparing(GateReason::mode))
                .filter(FindingReason.class::isInstance).map(reason -> ((FindingReason) reason).finding())
                .forEach(about -> answer.findings().stream()
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
