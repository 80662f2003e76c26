/** What tests need of the machine that runs them. */
@NullMarked
package dev.migrationledger.testsupport.machine;

import org.jspecify.annotations.NullMarked;
