package dev.migrationledger.ledger.dashboard.comparison;

import dev.migrationledger.ledger.dashboard.Stages;
import dev.migrationledger.ledger.page.PageAddress;
import dev.migrationledger.ledger.page.PageMoment;
import java.time.Instant;
import java.util.Collection;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What the reader compares.
 *
 * @param left the name of an environment; empty: not chosen yet
 * @param leftAt absent: now
 * @param right likewise
 * @param rightAt likewise
 * @param knownAt only what the ledger had recorded by then; absent: all that it knows
 * @param canonical whether the address says it in the form that links have
 */
record ChosenSides(
        String left, @Nullable Instant leftAt, String right, @Nullable Instant rightAt, @Nullable Instant knownAt,
        boolean canonical) {

    /** @param at the moment of a side that has none of its own */
    static ChosenSides read(
            String left, String right, @Nullable String at, @Nullable String leftAt, @Nullable String rightAt,
            @Nullable String knownAt) {
        Instant both = PageMoment.read("at", at);
        Instant ofLeft = PageMoment.read("leftAt", leftAt);
        Instant ofRight = PageMoment.read("rightAt", rightAt);
        return new ChosenSides(left.strip(), ofLeft == null ? both : ofLeft, right.strip(),
                ofRight == null ? both : ofRight,
                PageMoment.read("knownAt", knownAt),
                Stream.of(at, leftAt, rightAt, knownAt).allMatch(PageMoment::isAsInLinks));
    }

    boolean isChosen() {
        return !left.isEmpty() && !right.isEmpty();
    }

    /** With the environments that are usually compared where none are chosen; empty if nothing is missing, or if there are not two. */
    Optional<ChosenSides> completed(Collection<String> names) {
        if (isChosen()) {
            return Optional.empty();
        }
        if (left.isEmpty() && right.isEmpty()) {
            return Stages.pair(names).map(pair -> of(pair.left(), pair.right()));
        }
        return left.isEmpty()
                ? Stages.other(right, names).map(other -> of(other, right))
                : Stages.other(left, names).map(other -> of(left, other));
    }

    /** Other environments at the same moments. */
    private ChosenSides of(String newLeft, String newRight) {
        return new ChosenSides(newLeft, leftAt, newRight, rightAt, knownAt, true);
    }

    /** What the sides are called: by their environments, and with their moments where these differ. */
    String leftName() {
        return name(left, leftAt);
    }

    String rightName() {
        return name(right, rightAt);
    }

    private String name(String environment, @Nullable Instant at) {
        return Objects.equals(leftAt, rightAt)
                ? environment
                : environment + (at == null ? (knownAt == null ? " now" : " then") : " at " + at);
    }

    String address(String project) {
        return PageAddress.comparison(project, left, leftAt, right, rightAt, knownAt);
    }

    ChosenSides swapped() {
        return new ChosenSides(right, rightAt, left, leftAt, knownAt, true);
    }

    /** The same, whatever is recorded later. */
    ChosenSides pinned(Instant now) {
        return new ChosenSides(left, leftAt, right, rightAt, now, true);
    }

    ChosenSides latest() {
        return new ChosenSides(left, leftAt, right, rightAt, null, true);
    }

    /** The same for programs. */
    String json(String project) {
        return "/api/v1" + address(project);
    }
}
