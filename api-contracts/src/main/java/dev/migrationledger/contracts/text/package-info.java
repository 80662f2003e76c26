/**
 * What is done to every text before a person reads it: {@link dev.migrationledger.contracts.text.Redaction} takes secrets out, {@link
 * dev.migrationledger.contracts.text.PlainText} what would steer a terminal;
 * {@link dev.migrationledger.contracts.text.Sha256} is the one digest. A new way to write a secret is a pattern in the first and a line in its test.
 */
@NullMarked
package dev.migrationledger.contracts.text;

import org.jspecify.annotations.NullMarked;
