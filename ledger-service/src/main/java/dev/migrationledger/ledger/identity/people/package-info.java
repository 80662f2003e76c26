/**
 * What the organisation's stream says about people: links for the local administrator, access tokens, roles and sign-ins. {@code People} is the state that its
 * events add up to, {@code PeopleDecisions} decides on it, {@code PeopleView} stores it for reading.
 */
@NullMarked
package dev.migrationledger.ledger.identity.people;

import org.jspecify.annotations.NullMarked;
