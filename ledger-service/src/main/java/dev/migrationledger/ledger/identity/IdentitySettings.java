package dev.migrationledger.ledger.identity;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings of who may use the ledger.
 *
 * @param required whether everyone has to sign in; the ledger listens on loopback only where nobody has to
 */
@ConfigurationProperties("ledger.identity")
record IdentitySettings(@DefaultValue("false") boolean required) {}
