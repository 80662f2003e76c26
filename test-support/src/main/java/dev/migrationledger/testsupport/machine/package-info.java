/** The machine that runs the tests: what they need of it, its free ports, and programs that they run. */
@NullMarked
package dev.migrationledger.testsupport.machine;

import org.jspecify.annotations.NullMarked;
