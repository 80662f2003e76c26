package dev.migrationledger.ledger.evidence;

import dev.migrationledger.contracts.identity.AgentKey;
import dev.migrationledger.ledger.identity.AgentKeys;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;

/** With which keys the agents of an environment sign. */
public final class AgentSignatures {

    private final JdbcClient database;
    private final AgentKeys keys;

    AgentSignatures(JdbcClient database, AgentKeys keys) {
        this.database = database;
        this.keys = keys;
    }

    /**
     * By agent, the key of its last signed batch; an agent that signs nothing is left out.
     *
     * @param epochs by agent
     */
    public Map<String, AgentKey> keys(String project, String environment, Map<String, UUID> epochs) {
        Map<String, AgentKey> found = new HashMap<>();
        if (epochs.isEmpty()) {
            return found;
        }
        database.sql(
                """
                        select one.agent, (select key from ledger.batch_signature kept
                            where project = :project and environment = :environment and kept.agent = one.agent and kept.epoch = one.epoch
                            order by first_sequence desc limit 1)
                        from unnest(:agents::text[], :epochs::uuid[]) as one (agent, epoch)
                        """)
                .param("project", project).param("environment", environment)
                .param("agents", epochs.keySet().toArray(String[]::new))
                .param("epochs", epochs.values().toArray(UUID[]::new))
                .query(row -> {
                    String agent = row.getString(1);
                    String key = row.getString(2);
                    if (key != null) {
                        keys.find(key).ifPresent(it -> found.put(agent, it));
                    }
                });
        return found;
    }
}
