package dev.migrationledger.ledger.identity;

import java.time.temporal.ChronoUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.EventListener;
import org.springframework.core.env.Environment;
import org.springframework.stereotype.Component;

/**
 * Logs a link for the first administrator at each start, until a person has used one; after that only if the settings ask for it. Where sign-in
 * is not required, it logs none.
 */
@Component
final class AdministratorLink {

    private static final Logger log = LoggerFactory.getLogger(AdministratorLink.class);

    private final Identities identities;
    private final IdentitySettings settings;
    private final Environment environment;

    AdministratorLink(Identities identities, IdentitySettings settings, Environment environment) {
        this.identities = identities;
        this.settings = settings;
        this.environment = environment;
    }

    @EventListener(ApplicationReadyEvent.class)
    void print() {
        String port = environment.getProperty("local.server.port");
        if (settings.required() && port != null && (settings.administratorLink() || !identities.administered())) {
            Identities.Secret link = identities.issueLink();
            log.info("Sign in once as local administrator, until {}: http://localhost:{}/sign-in?code={}",
                    link.until().truncatedTo(ChronoUnit.SECONDS), port, link.text());
        }
    }
}
