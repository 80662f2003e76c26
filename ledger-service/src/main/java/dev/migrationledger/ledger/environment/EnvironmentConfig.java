package dev.migrationledger.ledger.environment;

import dev.migrationledger.ledger.recording.Recorder;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class EnvironmentConfig {

    @Bean
    EnvironmentCommands environments(Recorder recorder) {
        return new EnvironmentCommands(recorder);
    }
}
