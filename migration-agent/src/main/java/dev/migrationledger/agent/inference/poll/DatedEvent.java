package dev.migrationledger.agent.inference.poll;

import dev.migrationledger.contracts.event.AgentEvent;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Something concluded from two polls.
 *
 * @param committedAt when its transaction committed, where the server says so
 */
public record DatedEvent(AgentEvent event, @Nullable Instant committedAt) {}
