package dev.migrationledger.ledger.dashboard;

import dev.migrationledger.contracts.gate.GateOverride;
import dev.migrationledger.contracts.text.Count;
import dev.migrationledger.contracts.text.Redaction;
import dev.migrationledger.ledger.page.RelativeTime;
import java.time.Instant;

/**
 * An override that approvers have to know of, in words.
 *
 * @param environment with its project
 * @param address of its list
 */
public record OverrideItem(String environment, String sentence, String address) {

    static OverrideItem of(GateOverride it, Instant now) {
        String deploys = Count.of(it.deploys().size(), "deploy");
        String sentence = it.isOpen(now)
                ? "%s lets deploys run until %s although something blocks them: %s. So far: %s.".formatted(it.by(),
                        RelativeTime.absolute(it.until()), Redaction.of(it.reason()), deploys)
                : "%s ran under the override of %s (%s). A review is due.".formatted(deploys, it.by(),
                        Redaction.of(it.reason()));
        return new OverrideItem(it.project() + "/" + it.environment(), sentence,
                "/api/v1/projects/%s/environments/%s/overrides".formatted(it.project(), it.environment()));
    }
}
