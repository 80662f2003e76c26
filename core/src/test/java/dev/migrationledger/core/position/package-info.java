/** Schemas held against histories: drawn by hand in {@code Scene}, and made up from seeds. */
@NullMarked
package dev.migrationledger.core.position;

import org.jspecify.annotations.NullMarked;
