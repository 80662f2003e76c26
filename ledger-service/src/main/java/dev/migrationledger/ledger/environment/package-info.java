/**
 * One environment: what is recorded about it and what that makes of it. Start with {@code Decisions}, which says what may
 * be recorded, and {@link EventLog}, which reads it back. {@code EnvironmentRepository} caches environments and {@code Snapshots} shortens
 * their loading. To add a view of it, write a {@link Projection} bean.
 */
@NullMarked
package dev.migrationledger.ledger.environment;

import org.jspecify.annotations.NullMarked;
