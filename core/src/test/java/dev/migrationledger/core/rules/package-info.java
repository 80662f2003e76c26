/**
 * The rules, by cases: start with {@link dev.migrationledger.core.rules.DiagnosisTest}. A new case is a folder {@code
 * src/test/resources/diagnosis/CODE/is-NAME} or {@code is-not-NAME} with {@code observations.txt} in the form that {@link
 * dev.migrationledger.core.rules.Observed} tells; {@code -Dgolden.update=true} writes what it amounts to.
 */
@NullMarked
package dev.migrationledger.core.rules;

import org.jspecify.annotations.NullMarked;
