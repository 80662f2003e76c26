package dev.migrationledger.ledger.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migrationledger.ledger.dashboard.Stages.Pair;
import java.util.List;
import org.junit.jupiter.api.Test;

class StagesTest {

    @Test
    void production_is_compared_with_the_stage_before_it() {
        assertThat(Stages.pair(List.of("dev", "production", "staging"))).contains(new Pair("staging", "production"));
        assertThat(Stages.pair(List.of("prod-eu", "prod-us", "qa"))).contains(new Pair("qa", "prod-eu"));
        assertThat(Stages.pair(List.of("preprod", "live", "prod"))).contains(new Pair("prod", "live"));
    }

    @Test
    void without_production_the_last_stages_are_compared() {
        assertThat(Stages.pair(List.of("dev", "qa", "local"))).contains(new Pair("dev", "qa"));
        assertThat(Stages.pair(List.of("tenant-2", "tenant-1", "tenant-3"))).contains(new Pair("tenant-2", "tenant-1"));
    }

    @Test
    void a_name_that_tells_nothing_is_not_taken_for_production() {
        assertThat(Stages.pair(List.of("archive", "prod", "stage"))).contains(new Pair("stage", "prod"));
    }

    @Test
    void one_environment_alone_has_none() {
        assertThat(Stages.pair(List.of("prod"))).isEmpty();
        assertThat(Stages.pair(List.of())).isEmpty();
    }

    @Test
    void a_chosen_environment_is_compared_with_production() {
        List<String> names = List.of("dev", "production", "staging");
        assertThat(Stages.other("dev", names)).contains("production");
        assertThat(Stages.other("staging", names)).contains("production");
        assertThat(Stages.other("production", names)).contains("staging");
    }
}
