package dev.migrationledger.agent;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migrationledger.testsupport.source.OpenSwitches;
import dev.migrationledger.testsupport.source.OpenSwitches.OpenSwitch;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** A new kind of object, effect or answer does not compile until each place says what it does for it. */
class ExhaustiveSwitchesTest {

    /** What a script may contain: each reader knows the few forms that it understands, and anything else is unknown. */
    private static final Set<String> LANGUAGES = Set.of("Expression", "Statement", "Symbol", "TemplateValue");

    @Test
    void every_switch_over_a_type_of_ours_but_of_the_languages_names_each_case() throws Exception {
        List<OpenSwitch> open = OpenSwitches.in(Path.of("src/main/java"), System.getProperty("java.class.path"));

        assertThat(open).filteredOn(it -> !LANGUAGES.contains(it.type())).isEmpty();
        assertThat(open).extracting(OpenSwitch::type).as("the list names no type in vain").containsAll(LANGUAGES);
    }
}
