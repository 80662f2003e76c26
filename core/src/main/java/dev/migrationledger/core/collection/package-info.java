/** Collections that the standard library lacks. */
@NullMarked
package dev.migrationledger.core.collection;

import org.jspecify.annotations.NullMarked;
