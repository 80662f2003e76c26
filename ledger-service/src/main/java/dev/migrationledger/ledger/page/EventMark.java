package dev.migrationledger.ledger.page;

/**
 * The sign of an event in lists: what changed a database, stopped a deploy or was decided is told apart from routine, also without
 * colours.
 *
 * @param tone a class of the style sheet
 */
public record EventMark(String sign, String tone) {

    private static final EventMark ROUTINE = new EventMark("·", "quiet");

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
                new EventMark("✓", "good");
            case "revision-stamped", "revision-reverted", "observation-gap", "override-opened",
                    "acceptance-granted", "deploy-decided-locally", "policy-applied", "role-granted",
                    "role-withdrawn", "agent-key-revoked", "environment-retired" ->
                new EventMark("!", "due");
            case "divergence-detected" -> text.contains(" (info): ")
                    ? ROUTINE
                    : text.contains(" (warning): ") ? new EventMark("!", "due") : new EventMark("✕", "bad");
            case "version-table-edited", "deploy-blocked", "merge-rejected",
                    "agent-key-suspended", "content-withdrawn", "tampering-found" ->
                new EventMark("✕", "bad");
            default -> ROUTINE;
        };
    }

    /** Whether nothing happened that a reader looks for. */
    public boolean isRoutine() {
        return this.equals(ROUTINE);
    }
}
