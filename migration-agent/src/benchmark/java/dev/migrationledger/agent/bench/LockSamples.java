package dev.migrationledger.agent.bench;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;

/** Who waits for a lock, looked at again and again. */
final class LockSamples {

    /** pg_blocking_pids names those that hold a lock as well as those that wait for it further ahead. */
    private static final String SAMPLE = """
            WITH agent AS MATERIALIZED (SELECT pid FROM pg_stat_activity WHERE application_name = 'migration-agent'),
                 waiting AS MATERIALIZED (
                     SELECT pid, pg_blocking_pids(pid) AS blockers FROM pg_stat_activity
                     WHERE wait_event_type = 'Lock' AND datname = current_database())
            SELECT (SELECT count(*) FROM waiting),
                   (SELECT count(*) FROM waiting w
                    WHERE EXISTS (SELECT FROM agent a WHERE a.pid = ANY (w.blockers) AND a.pid <> w.pid)),
                   (SELECT count(*) FROM waiting JOIN agent USING (pid)),
                   (SELECT string_agg(DISTINCT CASE WHEN n.nspname = 'pg_catalog' THEN 'catalogs' WHEN c.oid IS NULL THEN l.locktype
                                               ELSE n.nspname || '.' || c.relname END || ' ' || l.mode, ',')
                    FROM pg_locks l JOIN agent USING (pid)
                    LEFT JOIN pg_class c ON c.oid = l.relation LEFT JOIN pg_namespace n ON n.oid = c.relnamespace)""";

    private final Set<String> held = new TreeSet<>();
    private int samples;
    private int someoneWaited;
    private int behindAgent;
    private int agentWaited;
    private int agentHeld;

    /** Takes one more sample. */
    synchronized void take(Connection onlooker) throws SQLException {
        try (Statement statement = onlooker.createStatement(); ResultSet row = statement.executeQuery(SAMPLE)) {
            row.next();
            samples++;
            someoneWaited += row.getInt(1) > 0 ? 1 : 0;
            behindAgent += row.getInt(2) > 0 ? 1 : 0;
            agentWaited += row.getInt(3) > 0 ? 1 : 0;
            String locks = row.getString(4);
            if (locks != null) {
                agentHeld++;
                held.addAll(Arrays.asList(locks.split(",", -1)));
            }
        }
    }

    synchronized int samples() {
        return samples;
    }

    /** Samples in which any session waited for any lock. */
    synchronized int someoneWaited() {
        return someoneWaited;
    }

    /** Samples in which a session waited for a lock that an agent's session held, or waited for further ahead. */
    synchronized int behindAgent() {
        return behindAgent;
    }

    synchronized int agentWaited() {
        return agentWaited;
    }

    /** Samples in which an agent's session held any lock: it was looking. */
    synchronized int agentHeld() {
        return agentHeld;
    }

    /** Which locks these were. */
    synchronized Set<String> held() {
        return new TreeSet<>(held);
    }
}
