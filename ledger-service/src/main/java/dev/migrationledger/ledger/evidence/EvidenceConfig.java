package dev.migrationledger.ledger.evidence;

import dev.migrationledger.ledger.identity.AgentKeys;
import dev.migrationledger.ledger.recording.store.EventLog;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;

@Configuration(proxyBeanMethods = false)
class EvidenceConfig {

    @Bean
    KeptSignatures keptSignatures(JdbcClient database, AgentKeys keys, EventLog log) {
        return new KeptSignatures(database, keys, log);
    }

    @Bean
    AgentSignatures agentSignatures(JdbcClient database, AgentKeys keys) {
        return new AgentSignatures(database, keys);
    }
}
