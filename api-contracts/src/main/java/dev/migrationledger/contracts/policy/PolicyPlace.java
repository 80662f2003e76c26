package dev.migrationledger.contracts.policy;

import java.util.Locale;

/**
 * A rule of a policy.
 *
 * @param index in its section, from 0
 */
public record PolicyPlace(Section section, int index) {

    /** A list of rules, as the file names it. */
    public enum Section {
        FINDINGS,
        PROMOTION,
        FRESHNESS,
        FREEZE,
        PIPELINE,
        APPROVALS;

        public String key() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** As people count, such as {@code freeze rule 2}. */
    public String words() {
        return section.key() + " rule " + (index + 1);
    }
}
