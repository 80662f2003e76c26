package dev.migrationledger.core;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migrationledger.testsupport.source.OpenSwitches;
import java.nio.file.Path;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A new kind of object, alteration or event does not compile until each place says what it does for it. */
class ExhaustiveSwitchesTest {

    @ParameterizedTest
    @ValueSource(strings = {"api-contracts", "core"})
    void every_switch_over_a_type_of_ours_names_each_case(String module) throws Exception {
        assertThat(OpenSwitches.in(Path.of("..", module, "src/main/java"), System.getProperty("java.class.path")))
                .isEmpty();
    }
}
