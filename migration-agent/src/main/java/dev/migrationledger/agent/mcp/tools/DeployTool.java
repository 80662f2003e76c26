package dev.migrationledger.agent.mcp.tools;

import dev.migrationledger.agent.mcp.protocol.McpTool;
import dev.migrationledger.agent.mcp.protocol.ToolArguments;
import dev.migrationledger.agent.mcp.protocol.ToolParameter;
import dev.migrationledger.agent.mcp.tools.LedgerReader.Path;
import dev.migrationledger.contracts.diagnosis.Finding;
import dev.migrationledger.contracts.gate.GateAnswer.Decision;
import dev.migrationledger.contracts.gate.GatePreview;
import dev.migrationledger.contracts.policy.GateReason.FindingReason;
import dev.migrationledger.contracts.policy.GateReason.FoundDivergence;
import dev.migrationledger.contracts.policy.GateReason;
import dev.migrationledger.contracts.policy.PolicyPlace;
import dev.migrationledger.contracts.policy.RuleMode;
import dev.migrationledger.contracts.text.Count;
import dev.migrationledger.core.policy.PolicyText;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** {@code may_i_deploy}: what the gate would answer, without asking it for a deploy. */
final class DeployTool implements McpTool {

    private final LedgerReader ledger;
    private final ProjectChoice choice;

    DeployTool(LedgerReader ledger, ProjectChoice choice) {
        this.ledger = ledger;
        this.choice = choice;
    }

    /**
     * The answer.
     *
     * @param reasons what blocks comes first
     * @param findings that a reason is about
     * @param policyVersion 0: the defaults
     * @param observedAt when the environment was observed last; absent: never
     * @param override whether an override of a person allows it although a reason blocks
     */
    record Answer(
            String summary, Decision decision, String project, String environment, List<String> stamped,
            List<String> pending, Scripts scripts, List<Reason> reasons, List<BriefFinding> findings,
            int policyVersion, @Nullable Instant observedAt, Instant judgedAt, boolean override) {}

    record Scripts(String source, List<String> heads) {}

    /**
     * Why.
     *
     * @param mode enforce blocks, warn warns, audit is only recorded
     * @param rule of the policy; absent: the default
     */
    record Reason(RuleMode mode, @Nullable String rule, String message) {
        static Reason of(GateReason reason) {
            PolicyPlace place = reason.place();
            return new Reason(reason.mode(), place == null ? null : place.words(), PolicyText.of(reason));
        }
    }

    @Override
    public String name() {
        return "may_i_deploy";
    }

    @Override
    public String title() {
        return "May this be deployed?";
    }

    @Override
    public String description() {
        return "Says whether the gate would allow a deploy to an environment now, by the project's policy, and which revisions would run. Judges the scripts and the database as an agent reported them last, for who signed in to this server. It is a preview: it records nothing, allows nothing, and cannot approve. The deploy itself asks the gate again ('migration-agent gate' or 'run --gate'). If the scripts that you want to deploy are not those in 'scripts', this answer is not about them.";
    }

    @Override
    public List<ToolParameter> parameters() {
        return choice.required(ProjectChoice.ENVIRONMENT);
    }

    @Override
    public Class<Answer> answerType() {
        return Answer.class;
    }

    @Override
    public Answer answer(ToolArguments arguments) {
        GatePreview preview = ledger.get(Path.of("projects", choice.of(arguments), "environments",
                ProjectChoice.environment(arguments, "environment"), "gate"), GatePreview.class);
        List<Reason> reasons = preview.reasons().stream().sorted(Comparator.comparing(GateReason::mode))
                .map(Reason::of).toList();
        Set<FoundDivergence> concerned = new HashSet<>();
        preview.reasons().forEach(reason -> {
            if (reason instanceof FindingReason about && reason.mode() != RuleMode.AUDIT) {
                concerned.add(about.finding());
            }
        });
        List<Finding> findings = preview.findings().stream()
                .filter(it -> concerned.contains(FoundDivergence.of(it)))
                .sorted(Comparator.comparing(Finding::severity)).toList();
        return new Answer(summary(preview), preview.decision(), preview.project(), preview.environment(),
                preview.rows(), preview.pending(), new Scripts(preview.scripts().source(), preview.scripts().heads()),
                reasons, findings.stream().map(it -> BriefFinding.of(it, null)).toList(), preview.policyVersion(),
                preview.observedAt(), preview.judgedAt(), preview.override() != null);
    }

    private static String summary(GatePreview preview) {
        String where = preview.project() + "/" + preview.environment();
        long blocking = preview.reasons().stream().filter(it -> it.mode() == RuleMode.ENFORCE).count();
        return switch (preview.decision()) {
            case BLOCKED -> "Blocked: %s, for %s.".formatted(where, Count.of(blocking, "reason"));
            case ALLOWED -> preview.override() != null
                    ? "Would be allowed by an override: %s, although %s.".formatted(where,
                            blocking == 1 ? "1 reason blocks" : blocking + " reasons block")
                    : "Would be allowed: %s, %s.".formatted(where, preview.pending().isEmpty()
                            ? "nothing to run"
                            : Count.of(preview.pending().size(), "revision") + " to run");
        };
    }
}
