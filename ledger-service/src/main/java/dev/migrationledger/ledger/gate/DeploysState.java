package dev.migrationledger.ledger.gate;

import dev.migrationledger.contracts.envelope.RecordedEvent;
import dev.migrationledger.contracts.event.GateEvent;
import dev.migrationledger.contracts.event.GateEvent.*;
import dev.migrationledger.ledger.recording.stream.StreamState;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What decisions about the deploys of one environment need to know.
 *
 * @param running the deploy that holds up others; absent: none does
 * @param override the last one, unless it was reviewed
 */
record DeploysState(@Nullable Running running, @Nullable LastOverride override) {

    /**
     * A deploy that runs.
     *
     * @param since when it was allowed
     */
    record Running(DeployAllowed allowed, Instant since) {}

    /**
     * An override that was not reviewed.
     *
     * @param used whether a deploy was allowed by it
     */
    record LastOverride(UUID id, String by, Instant until, boolean closed, boolean used) {

        boolean isOpen(Instant now) {
            return !closed && now.isBefore(until);
        }

        /** Whether the next one has to wait for a review of this one. */
        boolean needsReview() {
            return used;
        }
    }

    static final StreamState<DeploysState> DEFINITION = new StreamState<>() {
        @Override
        public Class<DeploysState> type() {
            return DeploysState.class;
        }

        @Override
        public int form() {
            return 1;
        }

        @Override
        public DeploysState initial() {
            return new DeploysState(null, null);
        }

        @Override
        public DeploysState evolve(DeploysState state, RecordedEvent event) {
            return event.event() instanceof GateEvent about ? state.after(about, event.recordedAt()) : state;
        }

        @Override
        public int weight(DeploysState state) {
            return 10_000;
        }
    };

    DeploysState after(GateEvent event, Instant at) {
        return switch (event) {
            case DeployAllowed allowed -> new DeploysState(
                    allowed.asked().run() == null ? running : new Running(allowed, at),
                    override == null || allowed.override() == null
                            ? override
                            : new LastOverride(override.id, override.by, override.until, override.closed, true));
            case DeployBlocked _ -> this;
            case DeployEnded ended -> new DeploysState(isRunning(ended.deploy()) ? null : running, override);
            case OverrideOpened opened -> new DeploysState(running,
                    new LastOverride(opened.override(), opened.by(), opened.until(), false, false));
            case OverrideClosed closed -> new DeploysState(running,
                    isLast(closed.override()) && override != null
                            ? new LastOverride(override.id, override.by, override.until, true, override.used)
                            : override);
            case OverrideReviewed reviewed -> new DeploysState(running, isLast(reviewed.override()) ? null : override);
        };
    }

    boolean isRunning(UUID deploy) {
        return running != null && running.allowed.deploy().equals(deploy);
    }

    boolean isLast(UUID id) {
        return override != null && override.id.equals(id);
    }
}
