package dev.migrationledger.ledger.ingest.kafka;

import dev.migrationledger.ledger.ingest.Ingest;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What is parked can be seen and recorded without Kafka, too. */
@Configuration(proxyBeanMethods = false)
class ParkedConfig {

    @Bean
    ParkedRecords parkedRecords(JdbcClient database) {
        return new ParkedRecords(database);
    }

    @Bean
    ParkedSequences parkedSequences(ParkedRecords parked, Ingest ingest) {
        return new ParkedSequences(parked, ingest);
    }

    @Bean
    ParkedMetrics parkedMetrics(ParkedRecords parked) {
        return new ParkedMetrics(parked);
    }
}
