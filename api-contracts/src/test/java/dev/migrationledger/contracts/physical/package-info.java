/** Schemas held against histories: drawn by hand in {@code Scene}, and made up from seeds. */
@NullMarked
package dev.migrationledger.contracts.physical;

import org.jspecify.annotations.NullMarked;
