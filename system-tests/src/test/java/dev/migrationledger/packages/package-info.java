/**
 * What agent and ledger are installed from: the archive of the agent, its unit of systemd, images, and manifests of Kubernetes. Read
 * {@code docs/operations.md} first.
 */
@NullMarked
package dev.migrationledger.packages;

import org.jspecify.annotations.NullMarked;
