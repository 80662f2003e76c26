package dev.migrationledger.contracts.wire;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migrationledger.contracts.diagnosis.DivergenceCode;
import dev.migrationledger.contracts.diagnosis.Finding;
import dev.migrationledger.contracts.diagnosis.Finding.Exhibit;
import dev.migrationledger.contracts.event.AgentEvent;
import dev.migrationledger.contracts.event.AgentEvent.AgentStarted;
import dev.migrationledger.contracts.event.AgentEvent.ObservationGap;
import dev.migrationledger.contracts.event.AgentEvent.RevisionApplied;
import dev.migrationledger.contracts.event.AgentEvent.ScriptsScanned;
import dev.migrationledger.contracts.event.AgentEvent.VersionTableObserved;
import dev.migrationledger.contracts.event.Attribution;
import dev.migrationledger.contracts.event.Attribution.Touch;
import dev.migrationledger.contracts.event.Attribution.TouchedObject;
import dev.migrationledger.contracts.event.Evidence;
import dev.migrationledger.contracts.event.VersionTable;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class FittingTest {

    private static final String LONG = "x".repeat(3_000_000);

    static List<AgentEvent> tooLong() {
        return List.of(
                new AgentStarted("1", "alembic", "watch", Map.of("tier", LONG)),
                new ObservationGap(Instant.EPOCH, Instant.EPOCH, LONG),
                new VersionTableObserved(new VersionTable("public.alembic_version", VersionTable.State.PRESENT,
                        List.of(LONG))),
                new VersionTableObserved(new VersionTable("public.alembic_version", VersionTable.State.PRESENT,
                        Collections.nCopies(50_000, "a"))),
                new RevisionApplied("a", false, new Evidence(Evidence.Witness.TRIGGER, Evidence.Certainty.CERTAIN,
                        null, new Attribution(null, LONG, objects(200_000)))),
                new ScriptsScanned(".", "d", null, List.of(), List.of(),
                        List.of(Finding.error(DivergenceCode.SCRIPTS_UNREADABLE, LONG,
                                IntStream.range(0, 2_000).mapToObj(i -> Exhibit.file(LONG.substring(0, 9_000) + i))
                                        .toArray(Exhibit[]::new)))));
    }

    @ParameterizedTest
    @MethodSource
    void tooLong(AgentEvent event) {
        byte[] json = Wire.write(event);
        assertThat(Bounds.excess(json)).isPresent();

        byte[] fitted = Fitting.fitted(json);

        assertThat(Bounds.excess(fitted)).isEmpty();
        assertThat(Wire.read(fitted, AgentEvent.class)).isInstanceOf(event.getClass());
        assertThat(Fitting.fitted(fitted)).isSameAs(fitted);
    }

    @Test
    void what_is_cut_says_so() {
        VersionTableObserved fitted = (VersionTableObserved) Wire.read(Fitting.fitted(Wire.write(
                new VersionTableObserved(new VersionTable("public.alembic_version", VersionTable.State.PRESENT,
                        Collections.nCopies(50_000, "a"))))),
                AgentEvent.class);

        assertThat(fitted.table().rows()).hasSize(Bounds.FEW).endsWith("a", "… and 49,001 more");
        assertThat(Fitting.cut(LONG, 1_000)).hasSize(1_000).endsWith("… (cut by the agent: 3,000,000 characters)");
    }

    @Test
    void a_surrogate_pair_is_not_cut_in_two() {
        String pairs = "😀".repeat(2_000);

        assertThat(IntStream.range(100, 104).mapToObj(most -> Fitting.cut(pairs, most)))
                .allSatisfy(cut -> assertThat(cut.replaceFirst("….*", "").length() % 2).isZero());
    }

    @Test
    void what_fits_is_left_alone() {
        byte[] json = Wire.write(new ObservationGap(Instant.EPOCH, Instant.EPOCH, "short"));

        assertThat(Fitting.fitted(json)).isSameAs(json);
    }

    private static List<TouchedObject> objects(int count) {
        return Collections.nCopies(count, new TouchedObject(Touch.CREATED, "table", "public.t"));
    }
}
