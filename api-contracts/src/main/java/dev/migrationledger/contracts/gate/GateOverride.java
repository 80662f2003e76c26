package dev.migrationledger.contracts.gate;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * An approver lets deploys of one environment run although reasons block them.
 *
 * @param until it closes by itself then
 * @param closedAt absent while it is open, and for the seconds until its end by time is recorded
 * @param closedBy absent where {@code closedAt} is, and where its time was over
 * @param closingComment of who closed it; absent: none
 * @param deploys that were allowed by it alone
 * @param reviewedAt when a person looked at them; absent: not yet
 */
public record GateOverride(
        UUID override,
        String project,
        String environment,
        String by,
        String reason,
        Instant openedAt,
        Instant until,
        @Nullable Instant closedAt,
        @Nullable String closedBy,
        @Nullable String closingComment,
        List<UUID> deploys,
        @Nullable Instant reviewedAt,
        @Nullable String reviewedBy,
        @Nullable String remark) {

    public GateOverride {
        deploys = List.copyOf(deploys);
    }

    /** Whether it lets deploys run now. */
    public boolean isOpen(Instant now) {
        return closedAt == null && now.isBefore(until);
    }

    /** The same after it alone allowed a deploy. */
    public GateOverride used(UUID deploy) {
        return new GateOverride(override, project, environment, by, reason, openedAt, until, closedAt, closedBy,
                closingComment, Stream.concat(deploys.stream(), Stream.of(deploy)).toList(), reviewedAt, reviewedBy,
                remark);
    }

    /**
     * The same after it was closed.
     *
     * @param person who closed it; absent: its time was over
     */
    public GateOverride closed(Instant at, @Nullable String person, @Nullable String comment) {
        return new GateOverride(override, project, environment, by, reason, openedAt, until, at, person, comment,
                deploys, reviewedAt, reviewedBy, remark);
    }

    /** The same after a person looked at its deploys. */
    public GateOverride reviewed(Instant at, String person, String said) {
        return new GateOverride(override, project, environment, by, reason, openedAt, until, closedAt, closedBy,
                closingComment, deploys, at, person, said);
    }

    /** What an approver says. */
    public record Opening(String reason, Instant until) {}

    /** What a person says who looked at the deploys. */
    public record Review(String remark) {}
}
