/**
 * What the next upgrade would do: start with {@link dev.migrationledger.core.upgrade.UpgradePreview}.
 *
 * <p>It runs what is pending against the snapshot: {@code Unchanged} says what the snapshot still proves on the way, {@code
 * RefusedDrop} and {@code MissingNeeds} why PostgreSQL refuses a change ({@code IdentitySequences} are those that no snapshot
 * lists). To foretell another failure, give it an {@code UpgradeFailure.Reason}.
 */
@NullMarked
package dev.migrationledger.core.upgrade;

import org.jspecify.annotations.NullMarked;
