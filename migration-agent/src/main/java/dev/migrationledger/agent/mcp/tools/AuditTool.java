package dev.migrationledger.agent.mcp.tools;

import dev.migrationledger.agent.cli.CommandFailure;
import dev.migrationledger.agent.mcp.protocol.McpTool;
import dev.migrationledger.agent.mcp.protocol.ToolArguments;
import dev.migrationledger.agent.mcp.protocol.ToolParameter;
import dev.migrationledger.agent.mcp.tools.LedgerReader.Path;
import dev.migrationledger.contracts.audit.AuditEntry;
import dev.migrationledger.contracts.audit.AuditEvidence;
import dev.migrationledger.contracts.audit.AuditPage.BlindTime;
import dev.migrationledger.contracts.audit.AuditPage.Ended;
import dev.migrationledger.contracts.audit.AuditPage.Range;
import dev.migrationledger.contracts.audit.AuditPage.Through;
import dev.migrationledger.contracts.audit.AuditPage;
import dev.migrationledger.contracts.audit.QueryWarning;
import dev.migrationledger.contracts.envelope.Occurrence;
import dev.migrationledger.contracts.text.Count;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** {@code audit}: who did what, where and when. */
final class AuditTool implements McpTool {

    private static final int MOST = 50;

    private final LedgerReader ledger;
    private final ProjectChoice choice;

    AuditTool(LedgerReader ledger, ProjectChoice choice) {
        this.ledger = ledger;
        this.choice = choice;
    }

    /**
     * The answer.
     *
     * @param query as the ledger read it
     * @param entries the newest first
     * @param searched what was searched, by position in the log
     * @param older what to give as 'before' for earlier entries; absent: everything was searched
     * @param blind times in which agents could not see: what happened then may be missing
     * @param warnings names in the query that the ledger does not know
     */
    record Answer(
            String summary, String query, List<Entry> entries, Range searched, Through completeThrough, Ended ended,
            @Nullable Long older, List<BlindTime> blind, long moreBlind, List<String> warnings) {}

    /**
     * An event.
     *
     * @param who as far as it is known, and what a run claims
     */
    record Entry(
            long position, String kind, String where, String who, String text, List<String> revisions,
            @Nullable AuditEvidence evidence, @Nullable UUID run, Occurrence occurredAt) {
        static Entry of(AuditEntry entry) {
            return new Entry(entry.position(), entry.kind(), entry.where(), entry.actor().words(), entry.text(),
                    entry.revisions(), entry.evidence(), entry.run(), entry.occurredAt());
        }
    }

    @Override
    public String name() {
        return "audit";
    }

    @Override
    public String title() {
        return "Who did what, and when?";
    }

    @Override
    public String description() {
        return "Searches all recorded events: stamps, runs, deploys and their answers, overrides, approvals, policy changes, edits of scripts. The query has words and key:value, such as kind:stamped environment:production since:monday, actor:ann, revision:2b3c*, ai:*, -kind:deploy, at:2026-11-01..2026-11-07. Times are UTC. An empty answer is about 'searched' only; 'blind' lists times in which agents could not see. A mistake in the query is named.";
    }

    @Override
    public List<ToolParameter> parameters() {
        return List.of(ToolParameter.optional("query", "What to find. Left out: everything."),
                ToolParameter.optional("before", "The field 'older' of an earlier answer, to go on from there."));
    }

    @Override
    public Class<Answer> answerType() {
        return Answer.class;
    }

    @Override
    public Answer answer(ToolArguments arguments) {
        Optional<String> before = arguments.optional("before");
        if (before.isPresent() && !before.get().matches("\\d{1,18}")) {
            throw CommandFailure.usage("'%s' is not a position; copy 'older' of an earlier answer.".formatted(
                    before.get()));
        }
        String asked = arguments.optional("query").orElse("");
        String only = choice.fixed();
        AuditPage page = ledger.get(Path.of("audit").with("q", only == null ? asked : "project:" + only + " " + asked)
                .with("before", before).with("limit", "" + MOST), AuditPage.class);
        // Whatever a query says of projects: a server for one project answers about no other one.
        List<Entry> entries = page.entries().stream().filter(it -> only == null || only.equals(it.project()))
                .map(Entry::of).toList();
        return new Answer(summary(entries.size(), page), page.query(), entries, page.searched(),
                page.completeThrough(), page.ended(), page.older(),
                page.blind().stream().filter(it -> only == null || only.equals(it.project())).toList(),
                page.moreBlind(), page.warnings().stream().map(QueryWarning::sentence).toList());
    }

    private static String summary(int found, AuditPage page) {
        String blind = page.blind().isEmpty()
                ? ""
                : " Agents could not see for some time; see 'blind'.";
        String entries = Count.of(found, "event");
        String unknown = page.warnings().isEmpty() ? "" : " " + page.warnings().getFirst().sentence();
        return page.older() == null
                ? "%s; everything was searched.%s%s".formatted(entries, unknown, blind)
                : "%s since position %d; give %d as 'before' for earlier ones.%s%s".formatted(entries,
                        page.searched().first(), page.older(), unknown, blind);
    }
}
