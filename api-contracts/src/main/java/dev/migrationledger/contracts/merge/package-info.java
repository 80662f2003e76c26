/** Proposals to bring several heads of a history together: what would be merged, who approved it, and where it ran. */
@NullMarked
package dev.migrationledger.contracts.merge;

import org.jspecify.annotations.NullMarked;
