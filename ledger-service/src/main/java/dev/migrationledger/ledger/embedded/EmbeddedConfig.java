package dev.migrationledger.ledger.embedded;

import java.nio.file.Path;
import java.util.Map;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Condition;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.type.AnnotatedTypeMetadata;

/** With no database named, the ledger brings its own. Spring closes the connections first and the server after them. */
@Configuration(proxyBeanMethods = false)
@Conditional(EmbeddedConfig.NoDatabaseNamed.class)
class EmbeddedConfig {

    @Bean
    EmbeddedPostgres embeddedPostgres(
            @Value("${ledger.embedded.data-dir}") Path folder, @Value("${ledger.embedded.version}") String version) {
        return EmbeddedPostgres.start(folder, version, Map.of());
    }

    /** Of what nothing can be added to any more; updates of a row may still succeed for a while. */
    @Bean
    HealthIndicator diskHealthIndicator(EmbeddedPostgres postgres) {
        return () -> PrivateFiles.full(postgres.folder())
                ? Health.down().withDetail("full", postgres.folder().toString()).build()
                : Health.up().build();
    }

    @Bean
    JdbcConnectionDetails embeddedConnection(EmbeddedPostgres postgres) {
        return new JdbcConnectionDetails() {
            @Override
            public String getJdbcUrl() {
                return postgres.url("ledger");
            }

            @Override
            public String getUsername() {
                return postgres.user();
            }

            @Override
            public String getPassword() {
                return postgres.password();
            }
        };
    }

    static final class NoDatabaseNamed implements Condition {
        @Override
        public boolean matches(ConditionContext context, AnnotatedTypeMetadata metadata) {
            return context.getEnvironment().getProperty("spring.datasource.url", "").isBlank()
                    && context.getEnvironment().getProperty("spring.datasource.jndi-name", "").isBlank();
        }
    }
}
