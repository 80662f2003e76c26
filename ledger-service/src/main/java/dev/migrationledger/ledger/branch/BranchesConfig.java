package dev.migrationledger.ledger.branch;

import dev.migrationledger.ledger.divergence.DeployedScripts;
import java.time.Clock;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.jdbc.core.simple.JdbcClient;

@Configuration(proxyBeanMethods = false)
class BranchesConfig {

    @Bean
    @Order(90)
    BranchesView branchesView(JdbcClient database) {
        return new BranchesView(database);
    }

    @Bean
    OpenBranches branches(BranchesView view, DeployedScripts scripts, Clock clock) {
        return new OpenBranches(view, scripts, clock);
    }
}
