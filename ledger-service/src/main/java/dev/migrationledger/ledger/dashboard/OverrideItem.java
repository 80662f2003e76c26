package dev.migrationledger.ledger.dashboard;

import dev.migrationledger.contracts.gate.GateOverride;
import dev.migrationledger.contracts.text.Count;
import dev.migrationledger.contracts.text.Redaction;
import dev.migrationledger.ledger.dashboard.action.ActionLink;
import dev.migrationledger.ledger.page.PageAddress;
import dev.migrationledger.ledger.page.RelativeTime;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An override that approvers have to know of, in words.
 *
 * @param environment with its project
 * @param address of where the environment's page has it
 * @param action what the reader may do about it; absent: nothing
 */
public record OverrideItem(String environment, String sentence, String address, @Nullable ActionLink action) {

    /** As it is now. */
    public static OverrideItem of(GateOverride it, @Nullable ActionLink action, Instant now) {
        return new OverrideItem(it.project() + "/" + it.environment(), Redaction.of(sentence(it, now)),
                PageAddress.environment(it.project(), it.environment()) + "#exceptions", action);
    }

    private static String sentence(GateOverride it, Instant now) {
        String deploys = Count.of(it.deploys().size(), "deploy");
        if (it.isOpen(now)) {
            return "%s lets deploys run until %s, although something blocks them. Reason: %s. So far: %s.".formatted(
                    it.by(),
                    RelativeTime.absolute(it.until()), it.reason(), deploys);
        }
        String closed = it.closingComment() == null
                ? ""
                : " %s closed it: %s.".formatted(it.closedBy(), it.closingComment());
        if (it.reviewedAt() != null) {
            return "%s ran under the override of %s (%s).%s %s reviewed it: %s.".formatted(deploys, it.by(),
                    it.reason(), closed, it.reviewedBy(), it.remark());
        }
        return it.deploys().isEmpty()
                ? "No deploy ran under the override of %s (%s).%s".formatted(it.by(), it.reason(), closed)
                : "%s ran under the override of %s (%s).%s A review is due.".formatted(deploys, it.by(), it.reason(),
                        closed);
    }
}
