/** The addresses of the audit: its page, the page of one event, and its API. */
@NullMarked
package dev.migrationledger.ledger.audit.web;

import org.jspecify.annotations.NullMarked;
