package dev.migrationledger.ledger.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migrationledger.contracts.diagnosis.Divergence;
import dev.migrationledger.contracts.diagnosis.Divergence.State;
import dev.migrationledger.contracts.diagnosis.DivergenceCode;
import dev.migrationledger.contracts.diagnosis.Finding.Exhibit;
import dev.migrationledger.contracts.diagnosis.Finding.Exhibit.What;
import dev.migrationledger.contracts.diagnosis.Severity;
import dev.migrationledger.contracts.schema.ObjectName;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.expression.spel.standard.SpelExpressionParser;

class DivergenceItemTest {

    private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");

    @Test
    void a_consequence_is_folded_under_its_cause() {
        List<DivergenceItem> divergences = DivergenceItem.of(List.of(
                open(DivergenceCode.SCHEMA_HOLE, Severity.ERROR, What.OBJECT),
                open(DivergenceCode.SCHEMA_DIFFERS, Severity.WARNING, What.MISSING_OBJECT),
                open(DivergenceCode.OBSERVATION_GAP, Severity.WARNING, What.OBJECT)), NOON);
        assertThat(divergences).extracting(DivergenceItem::code).containsExactly("schema-hole", "observation-gap");
        // As the template asks: it finds public methods only.
        assertThat(new SpelExpressionParser().parseExpression("also()").getValue(divergences.getFirst()))
                .isEqualTo("schema-differs");
        assertThat(divergences.getLast().consequences()).isEmpty();
    }

    private static Divergence open(DivergenceCode code, Severity severity, What what) {
        return new Divergence(UUID.nameUUIDFromBytes(code.code().getBytes(StandardCharsets.UTF_8)), "navbot", "staging",
                code, "", severity, "Something is wrong.",
                List.of(Exhibit.object(what, ObjectName.column("public", "crew", "name"))), List.of(), NOON, NOON, null,
                State.OPEN, null);
    }
}
