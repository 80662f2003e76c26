/** Random changes of what programs read, the same for the same seed: start with {@code Mutator}. */
@NullMarked
package dev.migrationledger.testsupport.fuzz;

import org.jspecify.annotations.NullMarked;
