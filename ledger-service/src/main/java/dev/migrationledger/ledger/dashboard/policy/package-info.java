/**
 * The page of a project's policy: its file, which people change and try against the deploys of the last days. {@code dashboard.action} has what applies
 * it. Start with {@code PolicyPageController}.
 */
@NullMarked
package dev.migrationledger.ledger.dashboard.policy;

import org.jspecify.annotations.NullMarked;
