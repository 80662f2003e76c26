package dev.migrationledger.contracts.rules;

import java.util.List;

/** Every rule over one environment. */
final class Rules {

    private Rules() {}

    static Diagnosis judge(Observations observations) {
        return new Diagnosis(observations.versionTable() == null ? null : observations.versionTable().rows(), null,
                List.of(), List.of());
    }
}
