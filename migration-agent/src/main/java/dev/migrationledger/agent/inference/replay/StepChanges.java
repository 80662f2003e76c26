package dev.migrationledger.agent.inference.replay;

import dev.migrationledger.agent.database.capture.CapturedChange;
import dev.migrationledger.agent.database.capture.CapturedChange.Operation;
import dev.migrationledger.agent.inference.Movement;
import dev.migrationledger.agent.inference.VersionTableRows;
import dev.migrationledger.core.graph.RevisionGraph;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Changes of one transaction that belong to one step of the migration tool, or to one statement of somebody else. A merge
 * deletes all rows that it takes together but one and updates that; its way back inserts and updates. Everything else is one
 * change.
 */
record StepChanges(List<AppliedChange> made, StatementOrigin form) {
    StepChanges {
        made = List.copyOf(made);
    }

    private static final Pattern MARK = Pattern.compile(" /\\* redacted ([0-9a-f]{16}) \\*/…?$");

    /** A transaction's changes in steps. */
    static List<StepChanges> of(List<AppliedChange> transaction, ReplayContext known) {
        List<StepChanges> steps = new ArrayList<>();
        List<StatementOrigin> forms = transaction.stream().map(made -> StatementOrigin.of(made.change(), known.table()))
                .toList();
        for (int from = 0; from < transaction.size();) {
            int to = end(transaction, forms, from, known.graph());
            steps.add(new StepChanges(transaction.subList(from, to), forms.get(from)));
            from = to;
        }
        return steps;
    }

    private static int end(List<AppliedChange> all, List<StatementOrigin> forms, int from, RevisionGraph graph) {
        return switch (forms.get(from)) {
            case STEP, UNKNOWN -> endOfStep(all, forms, from, graph);
            case PURGE, FOREIGN -> endOfStatement(all, forms, from);
        };
    }

    /** One statement may change many rows, and one text may hold many statements. */
    private static int endOfStatement(List<AppliedChange> all, List<StatementOrigin> forms, int from) {
        int to = from + 1;
        while (to < all.size() && forms.get(to) == forms.get(from)
                && isSame(all.get(to).change().statement(), all.get(from).change().statement())) {
            to++;
        }
        return to;
    }

    /** Of one statement each row keeps its own versions; what is left out besides is marked alike. */
    private static boolean isSame(@Nullable String one, @Nullable String other) {
        if (one == null || other == null || one.equals(other)) {
            return Objects.equals(one, other);
        }
        Matcher mark = MARK.matcher(one);
        Matcher otherMark = MARK.matcher(other);
        return mark.find() && otherMark.find() && mark.group(1).equals(otherMark.group(1));
    }

    private static int endOfStep(List<AppliedChange> all, List<StatementOrigin> forms, int from, RevisionGraph graph) {
        Operation first = all.get(from).change().operation();
        if (first == Operation.DELETE || first == Operation.INSERT) {
            int to = from + 1;
            while (to < all.size() && follows(all, forms, to) && all.get(to).is(first)) {
                to++;
            }
            if (to < all.size() && follows(all, forms, to) && all.get(to).is(Operation.UPDATE)) {
                Movement movement = movement(all.get(from).before(), all.get(to).after(), graph);
                CapturedChange update = all.get(to).change();
                List<String> merge = Stream.of(first == Operation.DELETE ? update.after() : update.before())
                        .map(String::valueOf)
                        .toList();
                boolean up = movement.up().equals(merge) && movement.down().isEmpty();
                boolean down = movement.down().equals(merge) && movement.up().isEmpty();
                if (first == Operation.DELETE ? up : down) {
                    return to + 1;
                }
            }
        }
        return from + 1;
    }

    /** Within a step nothing is done between its rows, but for what triggers do. */
    private static boolean follows(List<AppliedChange> all, List<StatementOrigin> forms, int at) {
        return (forms.get(at) == StatementOrigin.STEP || forms.get(at) == StatementOrigin.UNKNOWN)
                && (all.get(at).work().isNone() || all.get(at).work().mayBeOfTriggers());
    }

    private static Movement movement(VersionTableRows before, VersionTableRows after, RevisionGraph graph) {
        return Movement.between(before.each(), after.each(), graph);
    }

    Movement movement(RevisionGraph graph) {
        return movement(before(), after(), graph);
    }

    VersionTableRows before() {
        return made.getFirst().before();
    }

    VersionTableRows after() {
        return made.getLast().after();
    }

    CapturedChange last() {
        return made.getLast().change();
    }

    TransactionActivity work() {
        return made.stream().map(AppliedChange::work).reduce(TransactionActivity.NONE, TransactionActivity::and);
    }

    /** Versions that it took away or wrote. */
    List<String> versions() {
        return made.stream()
                .map(AppliedChange::change)
                .flatMap(change -> Stream.of(change.before(), change.after()))
                .filter(Objects::nonNull)
                .map(String::valueOf)
                .toList();
    }

    boolean isOneStep() {
        return switch (last().operation()) {
            case INSERT, UPDATE, DELETE -> form == StatementOrigin.STEP || form == StatementOrigin.UNKNOWN;
            case TRUNCATE, DROP, SCHEMA_ONLY -> false;
        };
    }
}
