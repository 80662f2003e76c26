/**
 * The ledger's pages for people, and what several of them say in the same words. {@code overview} has the first page and {@code lists} what it links to; each
 * {@code *Item} is a pure function that puts one thing into words.
 */
@NullMarked
package dev.migrationledger.ledger.dashboard;

import org.jspecify.annotations.NullMarked;
