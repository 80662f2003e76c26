package dev.migrationledger.agent.witness;

import dev.migrationledger.agent.witness.Classification.Edited;
import dev.migrationledger.agent.witness.Classification.Ran;
import dev.migrationledger.agent.witness.Classification.Stamped;
import dev.migrationledger.contracts.event.Evidence.Certainty;
import dev.migrationledger.contracts.footprint.Effects;
import dev.migrationledger.contracts.revision.Revision;
import dev.migrationledger.core.graph.RevisionGraph;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What the turns of one transaction were. A migration leaves work before its row; a stamp leaves none. Where there is none,
 * the graph tells a step from a jump, the footprint what should have been there, and the other turns of the transaction what
 * kind of command it was.
 */
final class StepClassifier {

    private final ReplayContext known;
    private final RevisionGraph graph;
    private final List<StepChanges> turns;

    private StepClassifier(ReplayContext known, List<StepChanges> turns) {
        this.known = known;
        this.graph = known.graph();
        this.turns = turns;
    }

    static List<Classification> of(List<StepChanges> turns, ReplayContext known) {
        return new StepClassifier(known, turns).verdicts();
    }

    private List<Classification> verdicts() {
        List<Classification> verdicts = new ArrayList<>();
        boolean purged = false;
        for (StepChanges turn : turns) {
            verdicts.addAll(verdicts(turn, purged));
            purged |= turn.form() == StatementOrigin.PURGE;
        }
        boolean stamps = verdicts.stream()
                .anyMatch(it -> it instanceof Stamped stamped && stamped.certainty() == Certainty.CERTAIN);
        return verdicts.stream().map(verdict -> amongOthers(verdict, verdicts, stamps)).toList();
    }

    /** A command either migrates or stamps: a step that left nothing is what the others of its transaction are. */
    private Classification amongOthers(Classification verdict, List<Classification> all, boolean stamps) {
        StepChanges turn = verdict.turn();
        Movement movement = turn.movement(graph);
        boolean up = movement.down().isEmpty() && movement.up().size() == 1;
        boolean down = movement.up().isEmpty() && movement.down().size() == 1;
        boolean ofTriggers = turn.work().mayBeOfTriggers();
        if (!turn.isOneStep() || !(turn.work().isNone() || ofTriggers) || verdict instanceof Edited || !(up || down)) {
            return verdict;
        }
        if (ofTriggers) {
            return stamps && verdict instanceof Ran
                    ? new Stamped(turn, Certainty.PRESUMED,
                            "its transaction stamped other rows, and %s may have written %s"
                                    .formatted(triggers(turn.work()), turn.work().words()))
                    : verdict;
        }
        boolean othersRan = all.stream().anyMatch(
                it -> it instanceof Ran ran && ran.up() == up && ran.certainty() == Certainty.CERTAIN);
        if (othersRan && !movement.blind()) {
            return new Ran(turn, (up ? movement.up() : movement.down()).getFirst(), up, Certainty.PRESUMED,
                    "nothing was written for it, but other steps of its transaction ran");
        }
        return stamps && verdict instanceof Ran && !turn.work().idle()
                ? new Stamped(turn, Certainty.CERTAIN, "nothing was written, and its transaction stamped other rows")
                : verdict;
    }

    private List<Classification> verdicts(StepChanges turn, boolean purged) {
        return switch (turn.last().operation()) {
            case TRUNCATE -> List.of(new Edited(turn, "the version table was truncated"));
            case DROP -> List.of(new Edited(turn, "the version table was dropped"));
            case SCHEMA_ONLY -> List.of();
            case INSERT, UPDATE, DELETE -> switch (turn.form()) {
                case FOREIGN -> List.of(new Edited(turn, byHand(turn)));
                case PURGE -> List.of(purge(turn));
                case STEP, UNKNOWN -> purged ? List.of(purge(turn)) : step(turn);
            };
        };
    }

    private static String byHand(StepChanges turn) {
        String words = "the statement is none that the migration tool sends";
        return turn.work().isNone() ? words : words + "; its transaction also wrote " + turn.work().words();
    }

    private static Stamped purge(StepChanges turn) {
        return new Stamped(turn, Certainty.CERTAIN, "all rows were deleted at once, as 'stamp --purge' does");
    }

    private List<Classification> step(StepChanges turn) {
        List<Classification> verdicts = new ArrayList<>();
        Movement movement = turn.movement(graph);
        boolean overlapping = nowOverlapping(turn);
        if (overlapping) {
            verdicts.add(new Edited(
                    turn, "the migration tool leaves no two rows of which one contains the other"));
        }
        if (turn.versions().stream().anyMatch(version -> !graph.contains(version))) {
            verdicts.add(unknown(turn));
        } else if (movement.down().isEmpty() && movement.up().size() == 1) {
            verdicts.add(edge(turn, movement.up().getFirst(), true, movement.blind()));
        } else if (movement.up().isEmpty() && movement.down().size() == 1) {
            verdicts.add(edge(turn, movement.down().getFirst(), false, movement.blind()));
        } else if (overlapping) {
            String written = turn.last().after();
            if (written != null && !turn.work().isNone()) {
                verdicts.add(new Ran(turn, written, true, Certainty.PRESUMED, wrote(turn)));
            }
        } else if (movement.up().isEmpty() && movement.down().isEmpty()) {
            verdicts.add(new Edited(turn, "the rows changed, but not what they stand for"));
        } else {
            verdicts.add(jump(turn));
        }
        return verdicts;
    }

    private boolean nowOverlapping(StepChanges turn) {
        Set<String> overlapping = new HashSet<>(graph.overlapping(turn.after().each()));
        overlapping.removeAll(graph.overlapping(turn.before().each()));
        return !overlapping.isEmpty() || (turn.after().hasDuplicates() && !turn.before().hasDuplicates());
    }

    private static Stamped jump(StepChanges turn) {
        String words = "no single migration leads from %s to %s".formatted(
                turn.before().versions(), turn.after().versions());
        return new Stamped(turn, Certainty.CERTAIN,
                turn.work().isNone()
                        ? words
                        : words + ", so what its transaction wrote was not written by theirs; it wrote "
                                + turn.work().words());
    }

    private static Classification unknown(StepChanges turn) {
        String strange = "a row is unknown to the scripts";
        if (turn.work().isNone()) {
            return new Stamped(turn, Certainty.PRESUMED,
                    "nothing was written; %s, so what should have been is not known".formatted(strange));
        }
        String written = turn.last().after();
        return written == null
                ? new Ran(turn, String.valueOf(turn.last().before()), false, Certainty.PRESUMED,
                        "%s; %s, so it may also have been stamped away after other work".formatted(
                                wrote(turn), strange))
                : new Ran(turn, written, true, Certainty.PRESUMED,
                        "%s; %s, so it may also have been a downgrade".formatted(wrote(turn), strange));
    }

    private static String wrote(StepChanges turn) {
        return "before its row, its transaction wrote " + turn.work().words();
    }

    /** From one set of rows to the next over one revision. */
    private Classification edge(StepChanges turn, String revision, boolean up, boolean blind) {
        TransactionActivity work = turn.work();
        Optional<Effects> effects = known.footprints().of(revision)
                .map(it -> up ? it.upgrade() : it.downgrade());
        boolean mustShow = effects.map(it -> ExpectedEffects.cannotGoUnseen(it, known.eventTriggers())).orElse(false);
        if (work.isNone()) {
            return blind
                    ? new Stamped(turn, Certainty.PRESUMED, "nothing was written, and a row is unknown to the scripts")
                    : nothingWritten(turn, revision, up, mustShow, effects);
        }
        if (work.isDataOnly() && mustShow) {
            return new Stamped(turn, Certainty.PRESUMED,
                    "its transaction wrote %s, but not what the revision would have written into the catalogs"
                            .formatted(work.words()));
        }
        if (!work.isOwn()) {
            if (mustShow && known.eventTriggers()
                    && !effects.map(it -> ExpectedEffects.names(it, work.earlier())).orElse(false)) {
                return new Stamped(turn, Certainty.PRESUMED,
                        "just before, its session touched %s, but nothing that the revision makes or drops"
                                .formatted(work.words()));
            }
            return new Ran(turn, revision, up, Certainty.PRESUMED,
                    "its own transaction wrote nothing else, but just before, others of the same session touched "
                            + work.words() + "; it was stamped if somebody did that by hand");
        }
        if (!work.triggers().isEmpty() && !effects.map(it -> ExpectedEffects.names(it, work.objects())).orElse(false)) {
            return new Ran(turn, revision, up, Certainty.PRESUMED,
                    "%s; it was stamped if %s wrote that".formatted(wrote(turn), triggers(work)));
        }
        if (work.isDataOnly()
                && effects.map(it -> ExpectedEffects.writesOnlyElsewhere(it, work.data().keySet())).orElse(false)) {
            return new Ran(turn, revision, up, Certainty.PRESUMED,
                    "%s; it was stamped if something else wrote that, because the script does not say that it does"
                            .formatted(wrote(turn)));
        }
        return new Ran(turn, revision, up, blind ? Certainty.PRESUMED : Certainty.CERTAIN, wrote(turn));
    }

    private static String triggers(TransactionActivity work) {
        return work.triggers().stream()
                .limit(3)
                .map(name -> "'" + name + "'")
                .collect(Collectors.joining(", ", "trigger ", work.triggers().size() > 3 ? " and more" : ""));
    }

    private Classification nothingWritten(
            StepChanges turn, String revision, boolean up, boolean mustShow, Optional<Effects> effects) {
        String function = up ? "upgrade" : "downgrade";
        if (effects.map(Effects::isNone).orElse(false)) {
            return new Ran(turn, revision, up, Certainty.PRESUMED,
                    "its %s does nothing, so there is nothing to witness; it may have been stamped"
                            .formatted(function));
        }
        if (mustShow) {
            return new Stamped(turn, Certainty.CERTAIN,
                    "nothing was written, and its %s writes into the catalogs".formatted(function));
        }
        if (turn.work().idle()) {
            return new Ran(turn, revision, up, Certainty.PRESUMED,
                    "nothing was written, but its transaction tried a schema change that found nothing to do, as IF [NOT] EXISTS does");
        }
        if (graph.find(revision).map(Revision::parents).orElse(List.of()).size() > 1) {
            return new Ran(turn, revision, up, Certainty.PRESUMED,
                    "a merge revision seldom does anything, so there is nothing to witness; it may have been stamped");
        }
        return new Stamped(turn, Certainty.PRESUMED, effects.isPresent()
                ? "nothing was written; its %s may have found nothing to do, or was not run".formatted(function)
                : "nothing was written; what its %s does is not known".formatted(function));
    }
}
