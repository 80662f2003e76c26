/**
 * What proves to a ledger who this program is: {@link dev.migrationledger.agent.identity.Credentials} says which of a key, an access token and an
 * id token of a pipeline there is. {@code agent.send.http} shows them.
 */
@NullMarked
package dev.migrationledger.agent.identity;

import org.jspecify.annotations.NullMarked;
