/** Programs that a test runs to their end. */
@NullMarked
package dev.migrationledger.testsupport.process;

import org.jspecify.annotations.NullMarked;
