package dev.migrationledger.ledger.page;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migrationledger.contracts.event.EventCatalogue;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EventMarkTest {

    @ParameterizedTest
    @CsvSource({
        "revision-applied,      Applied b.,                                         ✓, good",
        "revision-stamped,      Stamped b in place of a.,                           !, due",
        "divergence-detected,   Detected schema-hole (error): It has a hole.,       ✕, bad",
        "divergence-detected,   Detected untracked-objects (warning): One is there.,!, due",
        "divergence-detected,   Detected behind-head (info): 1 revision is pending.,·, quiet",
        "schema-observed,       Observed the schema.,                               ·, quiet"})
    void what_a_reader_looks_for_is_told_apart_from_routine(String kind, String text, String sign, String tone) {
        assertThat(EventMark.of(kind, text)).isEqualTo(new EventMark(sign, tone));
        assertThat(EventMark.of(kind, text).isRoutine()).isEqualTo(tone.equals("quiet"));
    }

    /** A kind that the catalogue does not have is misspelled. */
    @Test
    void each_kind_that_stands_out_is_in_the_catalogue() {
        Set<String> loud = EventCatalogue.all().keySet().stream()
                .map(name -> name.split("\\.", -1)[1]).filter(kind -> !EventMark.of(kind, "").isRoutine())
                .collect(Collectors.toSet());
        assertThat(loud).containsExactlyInAnyOrder("revision-applied", "divergence-resolved", "deploy-allowed",
                "deploy-approved", "override-closed", "override-reviewed", "merge-approved", "merge-applied",
                "agent-key-reinstated", "tampering-repaired", "revision-stamped", "revision-reverted",
                "observation-gap", "override-opened", "acceptance-granted", "deploy-decided-locally",
                "policy-applied", "role-granted", "role-withdrawn", "agent-key-revoked", "environment-retired",
                "divergence-detected", "version-table-edited", "deploy-blocked", "merge-rejected",
                "agent-key-suspended", "content-withdrawn", "tampering-found");
    }
}
