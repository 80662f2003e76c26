package dev.migrationledger.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migrationledger.testsupport.source.OpenSwitches;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** A new event or command does not compile until each place says what it does for it. */
class ExhaustiveSwitchesTest {

    @Test
    void every_switch_over_a_type_of_ours_names_each_case() throws Exception {
        assertThat(OpenSwitches.in(Path.of("src/main/java"), System.getProperty("java.class.path"))).isEmpty();
    }
}
