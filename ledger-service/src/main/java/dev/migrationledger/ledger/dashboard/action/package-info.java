/**
 * What people do from pages: each action is a {@link PageAction}, which says what it asks for, what it will record, and records it by the service that
 * the API calls, too. {@link ActionPages} leads through it: a form, a page that says what will be recorded, and back to where the person came from.
 * To add one, write a method in a controller for {@code GET} and {@code POST} of one address, add both to {@code Routes}, and a link where it is
 * offered to those who may.
 */
@NullMarked
package dev.migrationledger.ledger.dashboard.action;

import org.jspecify.annotations.NullMarked;
