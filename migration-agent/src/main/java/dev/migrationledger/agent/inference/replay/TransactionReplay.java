package dev.migrationledger.agent.inference.replay;

import dev.migrationledger.agent.database.capture.CapturedChange;
import dev.migrationledger.agent.database.capture.CapturedChange.Operation;
import dev.migrationledger.agent.inference.VersionTableRows;
import dev.migrationledger.agent.inference.replay.Transition.Uncaptured;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What happened between two polls, as far as it was captured, and what remains to be explained otherwise. Pure.
 *
 * <p>The changes are made again, one after the other, to the rows of the previous poll. Where one cannot have been made to the
 * rows that are there, or where the last does not lead to the rows that are seen now, somebody changed rows and nobody captured it: an
 * {@link Uncaptured} transition stands in its place. So nothing is missed, and nothing is reported twice.
 *
 * @param transitions in an order in which they can have happened
 * @param unclaimed schema changes that may yet belong to a row that is going to be written: they come first next time
 */
public record TransactionReplay(List<Transition> transitions, List<CapturedChange> unclaimed) {
    public TransactionReplay {
        transitions = List.copyOf(transitions);
        unclaimed = List.copyOf(unclaimed);
    }

    /**
     * Takes the changes in.
     *
     * @param before the rows at the previous poll; absent at a first poll, which then begins where the changes begin
     * @param changes captured since, in any order, with those that were left unclaimed before
     * @param now the rows as they are, in the same snapshot as the changes
     */
    public static TransactionReplay of(@Nullable VersionTableRows before, List<CapturedChange> changes,
            VersionTableRows now, ReplayContext known) {
        List<List<CapturedChange>> transactions = inOrder(changes);
        Sessions sessions = new Sessions();
        List<Transition> transitions = new ArrayList<>();
        VersionTableRows at = before != null ? before : beginning(flat(transactions), now);
        for (int done = 0; done < transactions.size(); done++) {
            List<CapturedChange> transaction = transactions.get(done);
            if (!canBeMade(transaction, at, now)) {
                VersionTableRows from = leadingTo(transaction, flat(transactions.subList(done, transactions.size())),
                        at, now,
                        known);
                transitions.add(new Uncaptured(at, from));
                at = from;
            }
            List<AppliedChange> made = new ArrayList<>();
            for (CapturedChange change : transaction) {
                if (change.operation() == Operation.SCHEMA_ONLY) {
                    sessions.keep(change);
                } else {
                    VersionTableRows after = at.after(change).orElse(at);
                    made.add(new AppliedChange(change, at, after,
                            TransactionActivity.of(change, sessions.claimedBy(change))));
                    at = after;
                }
            }
            transitions
                    .addAll(EventMapper.of(StepClassifier.of(StepChanges.of(made, known), known), at, known.graph()));
        }
        if (!at.sameRows(now) || (now.missing() && !at.missing())) {
            transitions.add(new Uncaptured(at, now));
        }
        return new TransactionReplay(transitions, sessions.unclaimed());
    }

    /**
     * A transaction that changes a row which another wrote does so after that one committed. So sorted by their last change
     * they are in an order in which they can have happened one by one.
     */
    private static List<List<CapturedChange>> inOrder(List<CapturedChange> changes) {
        Map<String, List<CapturedChange>> byTransaction = new LinkedHashMap<>();
        changes.stream()
                .sorted(Comparator.comparingLong(CapturedChange::id))
                .forEach(change -> byTransaction
                        .computeIfAbsent(change.actor().transaction(), _ -> new ArrayList<>())
                        .add(change));
        return byTransaction.values().stream()
                .sorted(Comparator.comparingLong((List<CapturedChange> it) -> it.getLast().id()))
                .toList();
    }

    private static List<CapturedChange> flat(List<List<CapturedChange>> transactions) {
        return transactions.stream().flatMap(List::stream).toList();
    }

    private static boolean canBeMade(List<CapturedChange> transaction, VersionTableRows at, VersionTableRows now) {
        VersionTableRows rows = at;
        for (CapturedChange change : transaction) {
            Optional<VersionTableRows> after = isThereAlready(change, rows, now)
                    ? Optional.empty()
                    : rows.after(change);
            if (after.isEmpty()) {
                return false;
            }
            rows = after.get();
        }
        return true;
    }

    /** With a primary key no row is there twice: one that is inserted again was taken away, and nobody saw that. */
    private static boolean isThereAlready(CapturedChange change, VersionTableRows rows, VersionTableRows now) {
        String come = change.after();
        return come != null && !come.equals(change.before()) && rows.versions().contains(come) && !now.hasDuplicates();
    }

    /** The rows before all of these, as far back as that can be said. */
    private static VersionTableRows beginning(List<CapturedChange> changes, VersionTableRows now) {
        return undone(changes, now).orElseGet(() -> {
            List<String> first = new ArrayList<>();
            changes.stream()
                    .filter(change -> change.operation() != Operation.SCHEMA_ONLY)
                    .findFirst()
                    .map(CapturedChange::before)
                    .ifPresent(first::add);
            return new VersionTableRows(false, first);
        });
    }

    private static Optional<VersionTableRows> undone(List<CapturedChange> changes, VersionTableRows now) {
        Optional<VersionTableRows> rows = Optional.of(now);
        for (CapturedChange change : changes.reversed()) {
            rows = rows.flatMap(it -> it.before(change))
                    .filter(it -> now.hasDuplicates() || !it.hasDuplicates());
        }
        return rows;
    }

    /** The rows that this transaction began with: told by what followed, or else the least that it needs. */
    private static VersionTableRows leadingTo(
            List<CapturedChange> transaction, List<CapturedChange> following, VersionTableRows at, VersionTableRows now,
            ReplayContext known) {
        return undone(following, now)
                .filter(rows -> canBeMade(transaction, rows, now))
                .orElseGet(() -> at.fitFor(transaction, known.graph()));
    }

    /** Whether somebody changed rows unseen. */
    public boolean hasGaps() {
        return transitions.stream().anyMatch(Uncaptured.class::isInstance);
    }
}
