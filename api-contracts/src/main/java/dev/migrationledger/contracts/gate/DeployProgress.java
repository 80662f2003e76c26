package dev.migrationledger.contracts.gate;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A run says how its deploy goes: as long as it does, no other deploy of the environment may run.
 *
 * @param ended whether it is over
 * @param exitCode of the command; absent where it never began or still runs
 */
public record DeployProgress(UUID deploy, boolean ended, @Nullable Integer exitCode) {}
