package dev.migrationledger.ledger.dashboard.lists;

import dev.migrationledger.contracts.gate.GateOverride;
import dev.migrationledger.core.query.ParsedQuery;
import dev.migrationledger.ledger.dashboard.lists.filter.ListFilter;
import dev.migrationledger.ledger.dashboard.lists.filter.ListKey;
import dev.migrationledger.ledger.dashboard.lists.filter.ListKeys;
import dev.migrationledger.ledger.gate.DeploysView;
import dev.migrationledger.ledger.identity.ProjectScope;
import dev.migrationledger.ledger.recording.view.StoredJson;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Overrides that wait for someone, where the filter box of the deploys looks. */
@Component
class OverridesQuery {

    /** Those of its terms that name places; the others are about deploys. */
    private static final ListKeys PLACES = new ListKeys("''", List.of(
            ListKey.text("project", "The project.", "o.project"),
            ListKey.text("environment", "The environment.", "o.environment"),
            ListKey.label("o.project", "o.environment")));

    private final JdbcClient database;

    OverridesQuery(JdbcClient database) {
        this.database = database;
    }

    /**
     * The newest first.
     *
     * @param query of the list of deploys, without mistakes
     * @param skipped how many the pages before showed
     */
    List<GateOverride> unsettled(ProjectScope scope, ParsedQuery query, Instant now, int skipped, int limit) {
        return prepared("", scope, query, now, skipped, limit)
                .query((row, _) -> StoredJson.read(row.getString(1), GateOverride.class)).list();
    }

    /** @param before the statement: a word of PostgreSQL that says what to do with it */
    JdbcClient.StatementSpec prepared(
            String before, ProjectScope scope, ParsedQuery query, Instant now, int skipped, int limit) {
        ListFilter filter = PLACES.placed(query, now);
        return database.sql(before + "select facts from ledger.gate_override o where " + DeploysView.UNSETTLED + " and "
                + ProjectScope.IN_SCOPE + filter.condition()
                + " order by opened_at desc, id desc offset :skipped limit :limit")
                .param("now", Timestamp.from(now)).param("projects", scope.names()).params(filter.parameters())
                .param("skipped", skipped).param("limit", limit);
    }
}
