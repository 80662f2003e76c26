package dev.migrationledger.ledger.gate;

import dev.migrationledger.contracts.envelope.RecordedEvent;
import dev.migrationledger.contracts.event.GateEvent;
import dev.migrationledger.contracts.event.GateEvent.*;
import dev.migrationledger.ledger.recording.stream.StreamState;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What decisions about the deploys of one environment need to know.
 *
 * @param running the deploy that holds up others; absent: none does
 * @param override the last one, unless it was reviewed
 * @param asked the last deploys that were asked for, the newest at the end
 */
record DeploysState(@Nullable Running running, @Nullable LastOverride override, List<Asked> asked) {

    /** So many deploys back an approval is found. */
    private static final int REMEMBERED = 50;

    DeploysState {
        asked = List.copyOf(asked);
    }

    /**
     * A deploy that was asked for.
     *
     * @param approvers who approved it
     */
    record Asked(UUID deploy, Deploy facts, Set<String> approvers) {
        Asked {
            approvers = Set.copyOf(approvers);
        }

        /** Whether it is about the same scripts and rows. */
        boolean isLike(Deploy other) {
            return facts.scripts().form() == other.scripts().form()
                    && facts.scripts().digest().equals(other.scripts().digest()) && facts.rows().equals(other.rows());
        }
    }

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
            return 2;
        }

        @Override
        public DeploysState initial() {
            return new DeploysState(null, null, List.of());
        }

        @Override
        public DeploysState evolve(DeploysState state, RecordedEvent event) {
            return event.event() instanceof GateEvent about ? state.after(about, event.recordedAt()) : state;
        }

        @Override
        public int weight(DeploysState state) {
            return 10_000 + 1_000 * state.asked.size();
        }
    };

    DeploysState after(GateEvent event, Instant at) {
        return switch (event) {
            case DeployAllowed allowed -> with(allowed).with(
                    allowed.asked().run() == null ? running : new Running(allowed, at),
                    override == null || allowed.override() == null
                            ? override
                            : new LastOverride(override.id, override.by, override.until, override.closed, true));
            case DeployBlocked blocked -> with(blocked);
            case DeployDecidedLocally decided -> with(decided);
            case DeployApproved approved -> new DeploysState(running, override,
                    asked.stream().map(it -> it.deploy.equals(approved.deploy()) ? approved(it, approved.by()) : it)
                            .toList());
            case DeployEnded ended -> with(isRunning(ended.deploy()) ? null : running, override);
            case OverrideOpened opened -> with(running,
                    new LastOverride(opened.override(), opened.by(), opened.until(), false, false));
            case OverrideClosed closed -> with(running,
                    isLast(closed.override()) && override != null
                            ? new LastOverride(override.id, override.by, override.until, true, override.used)
                            : override);
            case OverrideReviewed reviewed -> with(running, isLast(reviewed.override()) ? null : override);
        };
    }

    private DeploysState with(@Nullable Running now, @Nullable LastOverride last) {
        return new DeploysState(now, last, asked);
    }

    private DeploysState with(DeployAnswered answered) {
        Stream<Asked> kept = asked.stream().skip(Math.max(0, asked.size() + 1 - REMEMBERED));
        return new DeploysState(running, override,
                Stream.concat(kept, Stream.of(new Asked(answered.deploy(), answered.asked(), Set.of()))).toList());
    }

    private static Asked approved(Asked it, String by) {
        Set<String> approvers = new TreeSet<>(it.approvers);
        approvers.add(by);
        return new Asked(it.deploy, it.facts, approvers);
    }

    /** Who approved a deploy of these scripts to these rows. */
    Set<String> approvers(Deploy deploy) {
        return asked.stream().filter(it -> it.isLike(deploy)).flatMap(it -> it.approvers.stream())
                .collect(Collectors.toSet());
    }

    Optional<Asked> asked(UUID deploy) {
        return asked.stream().filter(it -> it.deploy.equals(deploy)).reduce((_, last) -> last);
    }

    boolean isRunning(UUID deploy) {
        return running != null && running.allowed.deploy().equals(deploy);
    }

    boolean isLast(UUID id) {
        return override != null && override.id.equals(id);
    }
}
