package dev.migrationledger.ledger.heartbeat;

import dev.migrationledger.ledger.identity.AgentKeys;
import dev.migrationledger.ledger.recording.store.EventLog;
import dev.migrationledger.ledger.view.EnvironmentViews;
import java.time.Clock;
import java.time.Duration;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;

@Configuration(proxyBeanMethods = false)
class HeartbeatConfig {

    @Bean
    Heartbeats heartbeats(JdbcClient database) {
        return new Heartbeats(database);
    }

    @Bean
    AgentLiveness agentLiveness(Heartbeats heartbeats, Clock clock, @Value("${ledger.stale-after}") Duration patience) {
        return new AgentLiveness(heartbeats, clock, patience);
    }

    @Bean
    LastSequences lastSequences(EnvironmentViews views, EventLog log) {
        return new LastSequences(views, log);
    }

    @Bean
    ReceivedHeartbeats receivedHeartbeats(
            Heartbeats heartbeats, LastSequences sequences, AgentKeys keys, Clock clock) {
        return new ReceivedHeartbeats(heartbeats, sequences, keys, clock);
    }
}
