package dev.migrationledger.ledger.heartbeat;

import dev.migrationledger.contracts.envelope.Heartbeat;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.springframework.jdbc.core.simple.JdbcClient;

/** When each agent was heard last. Outlives the ledger; agents that never sent a heartbeat are not in it and are never missed. */
public final class Heartbeats {

    /** A century: more would be no time that PostgreSQL knows. */
    private static final long LONGEST_SECONDS = 100L * 366 * 24 * 3_600;

    private static final Duration REMEMBERED = Duration.ofDays(7);

    /** Of one environment. */
    private static final int MOST_AGENTS = 200;

    private final JdbcClient database;

    Heartbeats(JdbcClient database) {
        this.database = database;
    }

    /**
     * An agent is there. What it has not delivered yet is not known here: it counts as heard when its oldest pending event was new.
     *
     * @return false if nothing was ever recorded about that environment
     */
    boolean record(Heartbeat heartbeat, Instant now) {
        boolean known = database.sql("""
                insert into ledger.heartbeat (project, environment, agent, last_at)
                select project, environment, :agent, :now from ledger.environment_view
                where project = :project and environment = :environment
                on conflict (project, environment, agent) do update set last_at = case
                    -- Ledgers' clocks differ a little; one that was far ahead is not believed any longer.
                    when heartbeat.last_at > cast(:clock as timestamptz) + interval '1 minute' then excluded.last_at
                    else greatest(heartbeat.last_at, excluded.last_at) end
                """)
                .param("project", heartbeat.project())
                .param("environment", heartbeat.environment())
                .param("agent", heartbeat.agent())
                .param("clock", Timestamp.from(now))
                .param("now", Timestamp.from(now.minusSeconds(waiting(heartbeat))))
                .update() > 0;
        if (known) {
            forget(heartbeat, now);
        }
        return known;
    }

    /**
     * Forgets who has not been heard for a week while others were, and the first of very many: where an agent has no disk, each of its runs
     * is another agent.
     */
    private void forget(Heartbeat heartbeat, Instant now) {
        database.sql("""
                delete from ledger.heartbeat where project = :project and environment = :environment and agent <> :agent
                and (last_at < :since or agent in (
                    select agent from ledger.heartbeat where project = :project and environment = :environment
                    order by last_at desc offset :most))
                """)
                .param("project", heartbeat.project())
                .param("environment", heartbeat.environment())
                .param("agent", heartbeat.agent())
                .param("since", Timestamp.from(now.minus(REMEMBERED)))
                .param("most", MOST_AGENTS)
                .update();
    }

    private static long waiting(Heartbeat heartbeat) {
        Long seconds = heartbeat.pendingSeconds();
        return seconds == null ? 0 : Math.clamp(seconds, 0, LONGEST_SECONDS);
    }

    /** The agents of one environment, each with when it was heard last. */
    public record EnvironmentHeartbeats(String project, String environment, Map<String, Instant> agents) {}

    /** By environment and agent, when the agents of a project's environments were heard last. */
    public Map<String, Map<String, Instant>> of(String project, Collection<String> environments) {
        Map<String, Map<String, Instant>> latest = new TreeMap<>();
        if (!environments.isEmpty()) {
            database.sql("select environment, agent, last_at from ledger.heartbeat"
                    + " where project = :project and environment = any(:environments)")
                    .param("project", project)
                    .param("environments", environments.toArray(String[]::new))
                    .query(row -> {
                        latest.computeIfAbsent(row.getString(1), _ -> new TreeMap<>())
                                .put(row.getString(2), row.getTimestamp(3).toInstant());
                    });
        }
        return latest;
    }

    /** Every environment that an agent was heard of in, but those that are retired. */
    public List<EnvironmentHeartbeats> all() {
        Map<String, EnvironmentHeartbeats> all = new TreeMap<>();
        database.sql("select project, environment, agent, last_at from ledger.heartbeat"
                + " join ledger.environment_view using (project, environment) where not retired")
                .query(row -> {
                    String project = row.getString(1);
                    String environment = row.getString(2);
                    all.computeIfAbsent(project + "/" + environment,
                            _ -> new EnvironmentHeartbeats(project, environment, new TreeMap<>()))
                            .agents()
                            .put(row.getString(3), row.getTimestamp(4).toInstant());
                });
        return List.copyOf(all.values());
    }
}
