package dev.migrationledger.agent.database.observation;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One row of the version table.
 *
 * @param transaction id of the transaction that wrote it (xmin)
 * @param committedAt when that was, by the server's clock; absent where the server does not track it
 */
public record VersionRow(
        String version, String transaction, @Nullable Instant committedAt) {}
