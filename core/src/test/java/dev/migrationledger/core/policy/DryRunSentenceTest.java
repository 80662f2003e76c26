package dev.migrationledger.core.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migrationledger.contracts.gate.PolicyDryRun;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DryRunSentenceTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "0|0|0|0|No deploy asked the gate since 2026-01-01 12:00 UTC.",
        "1|0|1|0|Of 1 deploy since 2026-01-01 12:00 UTC, 1 was allowed and would have been blocked.",
        "9|3|1|2|Of 9 deploys since 2026-01-01 12:00 UTC, 1 was allowed and would have been blocked, 2 were blocked and would have been allowed, 3 cannot be judged again, 3 would have got the same answer."})
    void it_names_what_would_be_different_first(int deploys, int same, int blocked, int allowed, String sentence) {
        assertThat(DryRunSentence.of(new PolicyDryRun("navbot", Instant.parse("2026-01-01T12:00:00.123Z"), deploys,
                same, blocked, allowed, List.of(), List.of()))).isEqualTo(sentence);
    }
}
