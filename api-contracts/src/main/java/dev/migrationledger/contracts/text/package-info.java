/**
 * Operations on text. {@link dev.migrationledger.contracts.text.Redaction} removes secrets before a person reads it, {@link
 * dev.migrationledger.contracts.text.PlainText} removes what controls a terminal, {@link dev.migrationledger.contracts.text.Sha256} computes
 * digests, {@link dev.migrationledger.contracts.text.ListText} names items in a sentence, and {@link
 * dev.migrationledger.contracts.text.Count} a number of them. To hide another form of secret, add a pattern to {@code Redaction} and a line
 * to its test.
 */
@NullMarked
package dev.migrationledger.contracts.text;

import org.jspecify.annotations.NullMarked;
