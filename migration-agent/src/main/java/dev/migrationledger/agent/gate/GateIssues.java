package dev.migrationledger.agent.gate;

import dev.migrationledger.agent.cli.CodeQuality.Issue;
import dev.migrationledger.agent.gate.DeployReport.Reason;
import dev.migrationledger.agent.tool.IssueLocations;
import dev.migrationledger.contracts.diagnosis.Finding;
import dev.migrationledger.contracts.diagnosis.Severity;
import dev.migrationledger.contracts.policy.GateReason.*;
import dev.migrationledger.contracts.policy.GateReason;
import dev.migrationledger.contracts.policy.PolicyPlace;
import java.util.List;
import java.util.stream.Stream;

/** The answer as issues of a code quality report: what blocks is an error, what warns a warning. */
final class GateIssues {

    /** Of an answer that says neither yes nor no. */
    private static final String UNKNOWN = "could-not-tell";

    private GateIssues() {}

    static List<Issue> of(StartReport report, IssueLocations files) {
        String unknown = report.unknown();
        return unknown == null
                ? report.findings().stream().map(finding -> files.issue(finding, Severity.ERROR)).toList()
                : List.of(unknown(unknown, files));
    }

    static List<Issue> of(DeployReport report, IssueLocations files) {
        String unknown = report.unknown();
        if (unknown != null) {
            return List.of(unknown(unknown, files));
        }
        Severity enforced = report.decision() == GateDecision.BLOCKED ? Severity.ERROR : Severity.WARNING;
        return report.reasons().stream().flatMap(reason -> switch (reason.mode()) {
            case ENFORCE -> Stream.of(issue(report, reason, enforced, files));
            case WARN -> Stream.of(issue(report, reason, Severity.WARNING, files));
            case AUDIT -> Stream.<Issue>empty();
        }).toList();
    }

    private static Issue unknown(String why, IssueLocations files) {
        return files.issue(UNKNOWN, "", Severity.ERROR, why, List.of());
    }

    private static Issue issue(DeployReport report, Reason reason, Severity severity, IssueLocations files) {
        Finding finding = report.finding(reason);
        if (finding != null) {
            return files.issue(finding, severity);
        }
        return files.issue(check(reason), subject(reason.reason()), severity, reason.message(),
                revisions(reason.reason()));
    }

    private static String check(Reason reason) {
        return reason.reason() instanceof FindingReason it ? it.finding().code().code() : reason.code();
    }

    /** Which of several such reasons it is, without times: these differ from one answer to the next. */
    private static String subject(GateReason reason) {
        String about = switch (reason) {
            case FindingReason it -> it.finding().subject();
            case NotAppliedEarlier it -> it.environment();
            case AppliedTooRecently it -> it.environment() + " " + it.revision();
            case EarlierObservationTooOld it -> it.environment() + " " + it.revision();
            case Frozen it -> it.name();
            case FreezePassed it -> it.name();
            case AlreadyBegun it -> it.name();
            case NoEarlierEnvironment _,NeverObserved _,ObservationTooOld _,NoPipeline _,ApprovalsMissing _,DeployRunning _,LedgerUnreachable _,LedgerNeeded _,Overridden _ ->
                "";
        };
        PolicyPlace place = reason.place();
        return place == null || reason instanceof FindingReason ? about : place.words() + " " + about;
    }

    private static List<String> revisions(GateReason reason) {
        return switch (reason) {
            case NotAppliedEarlier it -> it.revisions();
            case AppliedTooRecently it -> List.of(it.revision());
            case EarlierObservationTooOld it -> List.of(it.revision());
            case FindingReason _,NoEarlierEnvironment _,NeverObserved _,ObservationTooOld _,Frozen _,FreezePassed _,AlreadyBegun _,NoPipeline _,ApprovalsMissing _,DeployRunning _,LedgerUnreachable _,LedgerNeeded _,Overridden _ ->
                List.of();
        };
    }
}
