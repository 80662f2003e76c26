package dev.migrationledger.ledger.dashboard.lists;

import dev.migrationledger.ledger.dashboard.lists.AgentsPageController.AgentItem;
import dev.migrationledger.ledger.identity.ProjectScope;
import dev.migrationledger.ledger.page.PageTime;
import dev.migrationledger.ledger.view.Liveness;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** When agents were heard last: by their heartbeats, and by their events where they send none. */
@Component
class AgentsQuery {

    private final JdbcClient database;
    private final Liveness liveness;

    AgentsQuery(JdbcClient database, Liveness liveness) {
        this.database = database;
        this.liveness = liveness;
    }

    /** Those that watch, the one first that is silent for longest. */
    List<AgentItem> heard(ProjectScope scope, int skip, int limit, Instant now) {
        return database
                .sql("""
                        select project, environment, agent, max(at) as heard from (
                            select project, environment, agent, last_at as at from ledger.heartbeat where %1$s
                            union all
                            select project, environment, watching.key, watching.value::timestamptz
                            from ledger.environment_view v, json_each_text(v.list_item -> 'watching') as watching
                            where not retired and %1$s) as contacts
                        group by project, environment, agent order by heard, project, environment, agent limit :limit offset :skip
                        """
                        .formatted(ProjectScope.IN_SCOPE))
                .param("projects", scope.names())
                .param("limit", limit)
                .param("skip", skip)
                .query((row, _) -> {
                    Timestamp heard = row.getTimestamp(4);
                    return new AgentItem(row.getString(1), row.getString(2), row.getString(3),
                            PageTime.of(heard.toInstant(), now), !liveness.isPresent(heard.toInstant()));
                })
                .list();
    }
}
