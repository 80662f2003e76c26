package dev.migrationledger.ledger.webhook;

import dev.migrationledger.ledger.divergence.DivergenceViews;
import dev.migrationledger.ledger.identity.agents.AgentsView;
import dev.migrationledger.ledger.merge.Merges;
import dev.migrationledger.ledger.recording.Recorder;
import dev.migrationledger.ledger.recording.automation.EventFollower;
import dev.migrationledger.ledger.recording.store.EventLog;
import dev.migrationledger.ledger.view.EnvironmentViews;
import dev.migrationledger.ledger.webhook.delivery.Deliveries;
import dev.migrationledger.ledger.webhook.delivery.DeliverWebhooks;
import dev.migrationledger.ledger.webhook.delivery.ReceiverAddress;
import dev.migrationledger.ledger.webhook.delivery.ReceiverClient;
import dev.migrationledger.ledger.webhook.delivery.WebhookSecrets;
import dev.migrationledger.ledger.webhook.matter.MatterFollower;
import dev.migrationledger.ledger.webhook.matter.Matters;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import javax.net.ssl.SSLContext;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(WebhookSettings.class)
class WebhookConfig {

    /** A receiver that works longer has to answer first. */
    private static final Duration PATIENCE = Duration.ofSeconds(15);

    @Bean
    @Order(90)
    WebhooksView webhooksView(JdbcClient database) {
        return new WebhooksView(database);
    }

    @Bean
    Matters webhookMatters(JdbcClient database, PlatformTransactionManager transactions) {
        return new Matters(database, new TransactionTemplate(transactions));
    }

    @Bean
    EventFollower webhookFollower(
            EventLog log, JdbcClient database, DivergenceViews divergences, Merges merges, AgentsView agents,
            EnvironmentViews environments, WebhooksView webhooks, Matters matters, Clock clock) {
        MatterFollower follower = new MatterFollower(divergences, merges, agents, environments, webhooks::all,
                matters, clock);
        return new EventFollower("follow-for-webhooks", log, database, follower::take, () -> !webhooks.isEmpty());
    }

    @Bean
    ReceiverAddress receiverAddress(WebhookSettings settings) {
        return new ReceiverAddress(settings.internalHosts());
    }

    @Bean
    Deliveries webhookDeliveries(JdbcClient database) {
        return new Deliveries(database);
    }

    @Bean
    WebhookSecrets webhookSecrets(JdbcClient database) {
        return new WebhookSecrets(database);
    }

    @Bean
    DeliverWebhooks deliverWebhooks(
            WebhooksView webhooks, Matters matters, Deliveries deliveries, WebhookSecrets secrets,
            ReceiverAddress addresses, @Value("${ledger.address:}") String address,
            PlatformTransactionManager transactions, Clock clock) throws NoSuchAlgorithmException {
        return new DeliverWebhooks(webhooks::find, matters, deliveries, secrets,
                new ReceiverClient(addresses, SSLContext.getDefault(), PATIENCE), address.replaceAll("/+$", ""),
                new TransactionTemplate(transactions), clock, new SecureRandom());
    }

    @Bean
    WebhookMetrics webhookMetrics(JdbcClient database, Clock clock) {
        return new WebhookMetrics(database, clock);
    }

    @Bean
    WebhookRequests webhookRequests(Webhooks webhooks, ReceiverAddress addresses) {
        return new WebhookRequests(webhooks, addresses);
    }

    @Bean
    Webhooks webhooks(
            Recorder recorder, WebhooksView view, WebhookSecrets secrets, Deliveries deliveries,
            DeliverWebhooks delivery, Clock clock) {
        return new Webhooks(recorder, view, secrets, deliveries, delivery, clock);
    }
}
