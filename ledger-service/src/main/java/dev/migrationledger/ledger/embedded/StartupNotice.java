package dev.migrationledger.ledger.embedded;

import dev.migrationledger.ledger.platform.DatabaseAddress;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;
import org.springframework.context.event.EventListener;
import org.springframework.core.env.Environment;
import org.springframework.stereotype.Component;

/** What whoever started the ledger wants to know: where its data is, and what to open. */
@Component
final class StartupNotice {

    private static final Logger log = LoggerFactory.getLogger(StartupNotice.class);

    private final ObjectProvider<EmbeddedPostgres> embedded;
    private final JdbcConnectionDetails database;
    private final Environment environment;

    StartupNotice(
            ObjectProvider<EmbeddedPostgres> embedded, JdbcConnectionDetails database, Environment environment) {
        this.embedded = embedded;
        this.database = database;
        this.environment = environment;
    }

    @EventListener(ApplicationReadyEvent.class)
    void print() {
        String port = environment.getProperty("local.server.port");
        if (port != null) { // none where a command runs and nothing is served
            boolean signIn = environment.getProperty("ledger.identity.required", Boolean.class, false);
            log.info("{}; open http://{}:{}/{}", database(), host(), port,
                    signIn ? "" : "; no sign-in: everyone on this machine is administrator");
        }
    }

    private String database() {
        EmbeddedPostgres postgres = embedded.getIfAvailable();
        return postgres == null
                ? "Ledger on " + DatabaseAddress.withoutSecrets(database.getJdbcUrl())
                : "Ledger on embedded PostgreSQL %s, data in %s, connection details in %s"
                        .formatted(postgres.major(), postgres.folder(), postgres.connectionFile());
    }

    private String host() {
        String address = environment.getProperty("server.address", "127.0.0.1");
        return address.equals("0.0.0.0") || address.equals("::") ? "localhost" : address;
    }
}
