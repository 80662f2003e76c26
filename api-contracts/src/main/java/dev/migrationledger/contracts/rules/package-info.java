/**
 * The rules that judge one environment: {@link dev.migrationledger.contracts.rules.Observations} go in, a {@link
 * dev.migrationledger.contracts.rules.Diagnosis} comes out. {@link dev.migrationledger.contracts.rules.Rules} lists them all; to add one,
 * write its class, its line there, its golden case and its section in {@code docs/divergences.md}.
 */
@NullMarked
package dev.migrationledger.contracts.rules;

import org.jspecify.annotations.NullMarked;
