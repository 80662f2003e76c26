/**
 * The rules that look across sources and environments of one project: {@link dev.migrationledger.ledger.divergence.project.ProjectSnapshot} goes
 * in, findings by environment come out. {@link dev.migrationledger.ledger.divergence.project.ProjectRules} lists them all; to add one, write
 * its class, its line there, its story in both directions and its section in {@code docs/divergences.md}. Pure: no clock, no I/O. {@link
 * dev.migrationledger.ledger.divergence.project.ProjectEvaluation} shows the rules what changed, and judges only environments in which that matters.
 */
@NullMarked
package dev.migrationledger.ledger.divergence.project;

import org.jspecify.annotations.NullMarked;
