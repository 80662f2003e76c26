package dev.migrationledger.contracts.footprint;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migrationledger.contracts.footprint.Effect.Action;
import dev.migrationledger.contracts.schema.ObjectKind;
import dev.migrationledger.contracts.schema.ObjectName;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ReachTest {

    @Test
    void a_function_is_named_without_its_arguments() {
        Reach reach = new Reach(Set.of(Action.DROP), Set.of(ObjectKind.FUNCTION), Set.of("f"));

        assertThat(reach.covers(Set.of(Action.DROP), function("f(integer, text)"), null)).isTrue();
        assertThat(reach.covers(Set.of(Action.DROP), function("ff()"), null)).isFalse();
    }

    private static ObjectName function(String name) {
        return new ObjectName(ObjectKind.FUNCTION, "public", null, name);
    }
}
