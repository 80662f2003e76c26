package dev.migrationledger.ledger.dashboard.lists;

import dev.migrationledger.contracts.identity.AgentKey;
import dev.migrationledger.ledger.dashboard.lists.filter.ListCursor;
import dev.migrationledger.ledger.dashboard.lists.filter.ListFilter;
import dev.migrationledger.ledger.dashboard.lists.filter.ListKey;
import dev.migrationledger.ledger.dashboard.lists.filter.ListKeys;
import dev.migrationledger.ledger.identity.ProjectScope;
import dev.migrationledger.ledger.view.Liveness;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** When agents were heard last: by their heartbeats, and by their events where they send none. */
@Component
class AgentsQuery {

    static final ListKeys KEYS = new ListKeys("concat_ws(' ', a.project, a.environment, a.agent)", Stream.concat(
            Stream.of(
                    ListKey.text("project", "The project.", "a.project"),
                    ListKey.text("environment", "The environment.", "a.environment", "env"),
                    ListKey.label("a.project", "a.environment"),
                    ListKey.text("agent", "The name of the agent, or of its key.", "a.agent", "name"),
                    ListKey.words("state", "Whether the agent is there, or what its key is.", states())),
            ListKey.times("a.received", "a.received").stream()).toList());

    private final JdbcClient database;
    private final Liveness liveness;

    AgentsQuery(JdbcClient database, Liveness liveness) {
        this.database = database;
        this.liveness = liveness;
    }

    /** Words for keys find no heartbeat, and those for heartbeats no key. */
    private static Map<String, String> states() {
        Map<String, String> states = new LinkedHashMap<>();
        states.put("silent", "a.received not between :presentFrom and :presentUntil");
        states.put("watching", "a.received between :presentFrom and :presentUntil");
        for (AgentKey.Status status : AgentKey.Status.values()) {
            states.put(word(status), "false");
        }
        return states;
    }

    /** As a query has it. */
    static String word(AgentKey.Status status) {
        return switch (status) {
            case ACTIVE -> "active";
            case SUSPENDED -> "suspended";
            case REVOKED -> "revoked";
        };
    }

    /** An agent, and when it was heard last. */
    record Heard(String project, String environment, String agent, Instant at, boolean silent) {

        /** Of a page that ends with it. */
        String cursor() {
            return ListCursor.text(at, project, environment, agent);
        }
    }

    /**
     * Those that watch, the one first that is silent for longest.
     *
     * @param after the last one of the page before; absent: the first page
     */
    List<Heard> heard(ProjectScope scope, ListFilter filter, @Nullable ListCursor after, int limit) {
        Liveness.Present present = liveness.present();
        return database
                .sql("""
                        select project, environment, agent, received from (
                            select project, environment, agent, max(at) as received from (
                                select project, environment, agent, last_at as at from ledger.heartbeat where %1$s
                                union all
                                select project, environment, watching.key, watching.value::timestamptz
                                from ledger.environment_view v, json_each_text(v.list_item -> 'watching') as watching
                                where not retired and %1$s) as contacts
                            group by project, environment, agent) as a
                        where true%2$s%3$s order by received, project, environment, agent limit :limit
                        """
                        .formatted(ProjectScope.IN_SCOPE, filter.condition(), after == null
                                ? ""
                                : " and (received, project, environment, agent) > (:afterTime, :afterProject, :afterEnvironment, :afterAgent)"))
                .param("projects", scope.names())
                .param("presentFrom", Timestamp.from(present.from()))
                .param("presentUntil", Timestamp.from(present.until()))
                .params(filter.parameters())
                .param("afterTime", after == null ? null : Timestamp.from(after.instant(0)))
                .param("afterProject", after == null ? null : after.values().get(1))
                .param("afterEnvironment", after == null ? null : after.values().get(2))
                .param("afterAgent", after == null ? null : after.values().get(3))
                .param("limit", limit)
                .query((row, _) -> {
                    Instant heard = row.getTimestamp(4).toInstant();
                    return new Heard(row.getString(1), row.getString(2), row.getString(3), heard,
                            !liveness.isPresent(heard));
                })
                .list();
    }
}
