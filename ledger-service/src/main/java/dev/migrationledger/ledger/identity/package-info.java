/**
 * Who asks, and what they may do. {@code Routes} says which role each address needs; {@code SecurityConfig} makes Spring Security enforce
 * it; {@code Caller} is who asks. {@code Identities} checks what people sign in with, {@code AgentKeys} what agents sign, and
 * {@code TrustedPipelines} what pipelines show. {@code IssuerSignIn} records who signed in with an issuer.
 * Without {@code ledger.identity.required} everyone on this machine is the local administrator, and {@code
 * ListenAddress} keeps the ledger on loopback.
 */
@NullMarked
package dev.migrationledger.ledger.identity;

import org.jspecify.annotations.NullMarked;
