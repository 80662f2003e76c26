/**
 * Issuers of OpenID Connect with which people sign in. {@code Issuers} finds out about each when it is first needed, {@code ClaimRole} is a role that
 * follows from what an issuer says of a person, {@code SignInProblem} is why a sign-in failed.
 */
@NullMarked
package dev.migrationledger.ledger.identity.issuers;

import org.jspecify.annotations.NullMarked;
