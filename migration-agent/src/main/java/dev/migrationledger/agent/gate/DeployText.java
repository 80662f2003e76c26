package dev.migrationledger.agent.gate;

import dev.migrationledger.agent.cli.FindingText;
import dev.migrationledger.agent.cli.Paint;
import dev.migrationledger.agent.cli.PlanText;
import dev.migrationledger.agent.cli.Screen;
import dev.migrationledger.agent.gate.DeployReport.Reason;
import dev.migrationledger.contracts.diagnosis.Finding;
import dev.migrationledger.contracts.diagnosis.Finding.PlanStep;
import dev.migrationledger.contracts.diagnosis.Severity;
import dev.migrationledger.contracts.policy.GateReason.FindingOpen;
import dev.migrationledger.contracts.policy.GateReason.Overridden;
import dev.migrationledger.contracts.policy.RuleMode;
import dev.migrationledger.contracts.text.Fingerprint;
import dev.migrationledger.contracts.text.ListText;
import dev.migrationledger.core.rules.RootCause;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The answer for people: may it be deployed, why not, what to do, and what the answer is about.
 *
 * @param onlyNew whether findings that the project accepts are left out
 */
public record DeployText(DeployReport report, boolean onlyNew, Paint paint, Screen screen) {

    private static final String INDENT = "         ";

    public List<String> lines() {
        List<String> lines = new GateLines(paint, screen).answer(report.decision(), report.summary(), why());
        GateLines.add(lines,
                reasons(report.decision() == GateDecision.BLOCKED ? "Blocks" : "Would block", RuleMode.ENFORCE));
        GateLines.add(lines, override());
        GateLines.add(lines, reasons("Warns", RuleMode.WARN));
        GateLines.add(lines, accepted());
        GateLines.add(lines, new PlanText("Next", plan(), paint, screen).lines());
        GateLines.add(lines, facts());
        return lines;
    }

    private @Nullable String why() {
        DeployReport.Local local = report.local();
        return local == null ? report.unknown() : local.because();
    }

    /** A finding as every command shows it; any other reason in a sentence. */
    private List<String> reasons(String title, RuleMode mode) {
        List<Reason> reasons = report.reasons().stream().filter(reason -> reason.mode() == mode).toList();
        List<String> lines = new ArrayList<>();
        if (!reasons.isEmpty()) {
            lines.add(paint.strong(title));
        }
        for (Reason reason : reasons) {
            Finding finding = report.finding(reason);
            if (finding != null) {
                lines.addAll(new FindingText(List.of(new RootCause(finding, List.of())), paint, screen).lines());
            }
            String rule = reason.rule();
            if (finding == null) {
                Severity severity = mode == RuleMode.ENFORCE ? Severity.ERROR : Severity.WARNING;
                String word = severity.name().toLowerCase(Locale.ROOT);
                lines.add("%s  %s".formatted(
                        paint.severity(severity, word + " ".repeat("warning".length() - word.length())),
                        rule == null ? reason.code() : rule));
            }
            if (finding == null || !(reason.reason() instanceof FindingOpen)) {
                lines.addAll(screen.wrapped(INDENT, Paint.plain(reason.message())));
            }
            if (finding != null && rule != null) {
                lines.addAll(screen.wrapped(INDENT, "By %s of the policy.".formatted(rule)));
            }
        }
        return lines;
    }

    private List<String> override() {
        return report.reasons().stream().filter(reason -> reason.reason() instanceof Overridden)
                .flatMap(reason -> screen.wrapped("", Paint.plain(reason.message())).stream()).toList();
    }

    private List<String> accepted() {
        List<String> lines = new ArrayList<>();
        List<Reason> accepted = onlyNew ? List.of() : report.reasons().stream().filter(Reason::isAccepted).toList();
        if (!accepted.isEmpty()) {
            lines.add(paint.strong("Accepted"));
            accepted.forEach(reason -> lines.addAll(screen.wrapped("", Paint.plain(reason.message()))));
        }
        return lines;
    }

    /** Of what blocks; if nothing does, of what warns. */
    private List<PlanStep> plan() {
        RuleMode mode = report.reasons().stream().anyMatch(it -> it.mode() == RuleMode.ENFORCE)
                ? RuleMode.ENFORCE
                : RuleMode.WARN;
        return report.reasons().stream().filter(it -> it.mode() == mode).map(report::finding)
                .filter(Objects::nonNull).map(Finding::plan).flatMap(List::stream).distinct().toList();
    }

    private List<String> facts() {
        List<String> lines = GateLines.facts(report.database(), report.scripts(), report.versionTable());
        Fingerprint schema = report.schema();
        if (schema != null) {
            lines.add("schema    digest " + GateLines.shortened(schema.value()));
        }
        if (!report.pending().isEmpty()) {
            lines.add("to run    " + Paint.plain(ListText.and(report.pending(), GateLines.MOST_NAMED)));
        }
        Integer version = report.policyVersion();
        if (version != null) {
            DeployReport.Local local = report.local();
            lines.add("policy    " + (version == 0 ? "none; the defaults count" : "version " + version)
                    + (local == null ? "" : ", as of " + local.policyAt().truncatedTo(ChronoUnit.SECONDS)));
        }
        if (report.deploy() != null) {
            Instant until = report.expiresAt();
            lines.add("deploy    " + report.deploy());
            if (until != null) {
                lines.add("until     " + until.truncatedTo(ChronoUnit.SECONDS));
            }
        }
        return lines;
    }
}
