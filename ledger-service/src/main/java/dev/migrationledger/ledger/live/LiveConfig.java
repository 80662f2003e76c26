package dev.migrationledger.ledger.live;

import dev.migrationledger.ledger.recording.store.EventLog;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;

@Configuration(proxyBeanMethods = false)
class LiveConfig {

    @Bean
    ChangeStreams changeStreams(EventLog log, JdbcClient database) {
        return new ChangeStreams(new ChangeFeed(log, database));
    }
}
