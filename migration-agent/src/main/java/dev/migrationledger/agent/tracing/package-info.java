/**
 * Traces of what an agent observes and sends, for a collector of OpenTelemetry: start with {@link dev.migrationledger.agent.tracing.AgentTraces}.
 * Classes of OpenTelemetry are loaded only if a collector is configured.
 */
@NullMarked
package dev.migrationledger.agent.tracing;

import org.jspecify.annotations.NullMarked;
