/**
 * The rules that judge one environment: {@link dev.migrationledger.core.situation.Observations} go in, a {@link
 * dev.migrationledger.core.rules.Diagnosis} comes out.
 *
 * <p>Read {@code RuleContext} first: what every rule is given. A rule only says what it sees there; a finding carries those steps of the
 * one plan (package {@code repair}) that belong to its code. {@code Rules} lists all rules, each with its code and the
 * {@code Input} that it needs; to add one, write its class, its line there, its golden cases and its section in {@code docs/divergences.md}.
 */
@NullMarked
package dev.migrationledger.core.rules;

import org.jspecify.annotations.NullMarked;
