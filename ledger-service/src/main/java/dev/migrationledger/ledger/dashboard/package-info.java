/**
 * The ledger's pages for people: the overview, and lists behind it. {@link Dashboard} is what the overview shows, a pure function of the kept lines and the
 * time; {@code templates/dashboard.html} says how, {@code static/ledger.css} in which dress. No script is needed to read it.
 */
@NullMarked
package dev.migrationledger.ledger.dashboard;

import org.jspecify.annotations.NullMarked;
