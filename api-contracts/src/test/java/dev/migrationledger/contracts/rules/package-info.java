/**
 * The rules, by cases: start with {@link dev.migrationledger.contracts.rules.DiagnosisTest}. A new case is a folder {@code
 * src/test/resources/diagnosis/CODE/is-NAME} or {@code is-not-NAME} with {@code observations.txt} in the form that {@link
 * dev.migrationledger.contracts.rules.Observed} tells; {@code -Dgolden.update=true} writes what it amounts to.
 */
@NullMarked
package dev.migrationledger.contracts.rules;

import org.jspecify.annotations.NullMarked;
