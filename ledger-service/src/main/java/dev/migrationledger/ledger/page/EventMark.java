package dev.migrationledger.ledger.page;

import dev.migrationledger.contracts.text.Glyph;

/**
 * The sign of an event in lists: what changed a database, stopped a deploy or was decided is told apart from routine, also without
 * colours.
 *
 * @param tone a class of the style sheet
 */
public record EventMark(String sign, String tone) {

    private static final EventMark FINE = new EventMark(Glyph.FINE.sign(), "good");
    private static final EventMark ATTENTION = new EventMark(Glyph.ATTENTION.sign(), "due");
    private static final EventMark WRONG = new EventMark(Glyph.WRONG.sign(), "bad");
    private static final EventMark ROUTINE = new EventMark(Glyph.ORDINARY.sign(), "quiet");

    /**
     * The sign of an entry.
     *
     * @param kind as the catalogue names it, without family and version
     * @param text the sentence of the audit, which says how severe a finding is
     */
    public static EventMark of(String kind, String text) {
        return switch (kind) {
            case "revision-applied", "divergence-resolved", "deploy-allowed", "deploy-approved", "override-closed",
                    "override-reviewed", "merge-approved", "merge-applied", "agent-key-reinstated",
                    "tampering-repaired" ->
                FINE;
            case "revision-stamped", "revision-reverted", "observation-gap", "override-opened",
                    "acceptance-granted", "deploy-decided-locally", "policy-applied", "role-granted",
                    "role-withdrawn", "agent-key-revoked", "environment-retired" ->
                ATTENTION;
            case "divergence-detected" -> text.contains(" (info): ")
                    ? ROUTINE
                    : text.contains(" (warning): ") ? ATTENTION : WRONG;
            case "version-table-edited", "deploy-blocked", "merge-rejected",
                    "agent-key-suspended", "content-withdrawn", "tampering-found" ->
                WRONG;
            default -> ROUTINE;
        };
    }

    /** Whether nothing happened that a reader looks for. */
    public boolean isRoutine() {
        return this.equals(ROUTINE);
    }
}
