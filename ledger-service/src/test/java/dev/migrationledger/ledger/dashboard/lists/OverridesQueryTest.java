package dev.migrationledger.ledger.dashboard.lists;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migrationledger.contracts.gate.GateOverride;
import dev.migrationledger.ledger.identity.ProjectScope;
import dev.migrationledger.ledger.platform.LedgerTest;
import dev.migrationledger.ledger.recording.view.StoredJson;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** 20,000 overrides that no one has to look at, and 60 that wait. */
@LedgerTest
class OverridesQueryTest {

    private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");

    @Autowired
    OverridesQuery overrides;

    @Autowired
    JdbcClient database;

    @BeforeEach
    void many() {
        database.sql("delete from ledger.gate_override").update();
        insert(0, 10_000, List.of(new UUID(0, 1)), NOON, NOON);
        insert(10_000, 20_000, List.of(), NOON, null);
        // Of each 20, one is open and the others wait for a review.
        for (int i = 20_000; i < 20_060; i++) {
            insert(i, i + 1, i % 20 == 0 ? List.of() : List.of(new UUID(0, 1)), i % 20 == 0 ? null : NOON, null);
        }
        database.sql("analyze ledger.gate_override").update();
    }

    @Test
    void what_waits_is_found_by_place_page_by_page() {
        assertThat(found("", 0, 100)).hasSize(60).startsWith("tenant-20059").endsWith("tenant-20000");
        assertThat(found("", 50, 100)).hasSize(10).endsWith("tenant-20000");
        assertThat(found("environment:tenant-20000 project:NAVBOT", 0, 100)).containsExactly("tenant-20000");
        assertThat(found("env:tenant-2001* -env:tenant-20019", 0, 100)).hasSize(9);
        assertThat(found("environment:tenant-7", 0, 100)).as("it was reviewed").isEmpty();
        assertThat(found("project:other", 0, 100)).isEmpty();
        assertThat(found("state:blocked by:ada nonsense environment:tenant-20001", 0, 100))
                .as("other terms are about deploys").containsExactly("tenant-20001");
    }

    @Test
    void the_database_reads_no_override_that_does_not_wait() {
        for (String query : List.of("", "environment:tenant-20000", "environment:tenant-7", "state:blocked")) {
            String plan = overrides
                    .prepared("explain (analyze, costs off, timing off, format json) ", ProjectScope.ALL,
                            DeploysQuery.KEYS.parse(query), NOON.plus(Duration.ofHours(2)), 0, 51)
                    .query(String.class).single();
            assertThat(rows(JsonMapper.shared().readTree(plan))).as("%s: %s", query, plan).isLessThanOrEqualTo(200);
        }
    }

    /** That scans read, also those that a condition leaves out. */
    private static double rows(JsonNode plan) {
        double rows = 0;
        for (JsonNode node : plan.findParents("Node Type")) {
            if (node.get("Node Type").asString().contains("Scan")) {
                rows += (node.get("Actual Rows").asDouble() + node.path("Rows Removed by Filter").asDouble())
                        * node.get("Actual Loops").asDouble();
            }
        }
        return rows;
    }

    private List<String> found(String query, int skipped, int limit) {
        return overrides.unsettled(ProjectScope.ALL, DeploysQuery.KEYS.parse(query), NOON.plusSeconds(60),
                skipped, limit).stream().map(GateOverride::environment).toList();
    }

    private void insert(
            int from, int to, List<UUID> deploys, @Nullable Instant closed, @Nullable Instant reviewed) {
        GateOverride one = new GateOverride(new UUID(0, 0), "navbot", "tenant-", "ann", "checkout is down", NOON,
                NOON.plus(Duration.ofHours(9)), closed, null, null, deploys, reviewed,
                reviewed == null ? null : "bob", reviewed == null ? null : "fine");
        database.sql("""
                insert into ledger.gate_override (project, environment, id, opened_at, facts)
                select 'navbot', 'tenant-' || n, gen_random_uuid(), ?::timestamptz + n * interval '1 second',
                    replace(?, '"tenant-"', '"tenant-' || n || '"')::json from generate_series(?, ?) n""")
                .params(Timestamp.from(NOON), StoredJson.write(one), from, to - 1).update();
    }
}
