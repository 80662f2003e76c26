package dev.migrationledger.agent.inference.replay;

import dev.migrationledger.agent.inference.Movement;
import dev.migrationledger.agent.inference.SharedReasons;
import dev.migrationledger.agent.inference.replay.Classification.Edited;
import dev.migrationledger.agent.inference.replay.Classification.Ran;
import dev.migrationledger.agent.inference.replay.Classification.Stamped;
import dev.migrationledger.contracts.event.Evidence.Certainty;
import dev.migrationledger.contracts.footprint.Effects;
import dev.migrationledger.contracts.revision.Revision;
import dev.migrationledger.core.graph.RevisionGraph;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What the steps of one transaction were. A migration leaves work before its row; a stamp leaves none. Where there is none,
 * the graph tells a step from a jump, the footprint what should have been there, and the other steps of the transaction what
 * kind of command it was.
 */
final class StepClassifier {

    private final ReplayContext known;
    private final RevisionGraph graph;
    private final List<StepChanges> steps;

    private StepClassifier(ReplayContext known, List<StepChanges> steps) {
        this.known = known;
        this.graph = known.graph();
        this.steps = steps;
    }

    static List<Classification> of(List<StepChanges> steps, ReplayContext known) {
        return new StepClassifier(known, steps).classifications();
    }

    private List<Classification> classifications() {
        List<Classification> classifications = new ArrayList<>();
        boolean purged = false;
        for (StepChanges step : steps) {
            classifications.addAll(classifications(step, purged));
            purged |= step.form() == StatementOrigin.PURGE;
        }
        boolean stamps = classifications.stream()
                .anyMatch(it -> it instanceof Stamped stamped && stamped.certainty() == Certainty.CERTAIN);
        return classifications.stream().map(classification -> amongOthers(classification, classifications, stamps))
                .toList();
    }

    /** A command either migrates or stamps: a step that left nothing is what the others of its transaction are. */
    private Classification amongOthers(Classification classification, List<Classification> all, boolean stamps) {
        StepChanges step = classification.step();
        Movement movement = step.movement(graph);
        boolean up = movement.down().isEmpty() && movement.up().size() == 1;
        boolean down = movement.up().isEmpty() && movement.down().size() == 1;
        boolean ofTriggers = step.work().mayBeOfTriggers();
        if (!step.isOneStep() || !(step.work().isNone() || ofTriggers) || classification instanceof Edited
                || !(up || down)) {
            return classification;
        }
        if (ofTriggers) {
            return stamps && classification instanceof Ran
                    ? new Stamped(step, Certainty.PRESUMED,
                            "its transaction stamped other rows, and %s may have written %s"
                                    .formatted(triggers(step.work()), step.work().words()))
                    : classification;
        }
        boolean othersRan = all.stream().anyMatch(
                it -> it instanceof Ran ran && ran.up() == up && ran.certainty() == Certainty.CERTAIN);
        if (othersRan && !movement.blind()) {
            return new Ran(step, (up ? movement.up() : movement.down()).getFirst(), up, Certainty.PRESUMED,
                    "nothing was written for it, but other steps of its transaction ran");
        }
        return stamps && classification instanceof Ran && !step.work().idle()
                ? new Stamped(step, Certainty.CERTAIN, "nothing was written, and its transaction stamped other rows")
                : classification;
    }

    private List<Classification> classifications(StepChanges step, boolean purged) {
        return switch (step.last().operation()) {
            case TRUNCATE -> List.of(new Edited(step, "the version table was truncated"));
            case DROP -> List.of(new Edited(step, SharedReasons.TABLE_DROPPED));
            case SCHEMA_ONLY -> List.of();
            case INSERT, UPDATE, DELETE -> switch (step.form()) {
                case FOREIGN -> List.of(new Edited(step, byHand(step)));
                case PURGE -> List.of(purge(step));
                case STEP, UNKNOWN -> purged ? List.of(purge(step)) : step(step);
            };
        };
    }

    private static String byHand(StepChanges step) {
        String words = "the statement is none that the migration tool sends";
        return step.work().isNone() ? words : words + "; its transaction also wrote " + step.work().words();
    }

    private static Stamped purge(StepChanges step) {
        return new Stamped(step, Certainty.CERTAIN, "all rows were deleted at once, as 'stamp --purge' does");
    }

    private List<Classification> step(StepChanges step) {
        List<Classification> classifications = new ArrayList<>();
        Movement movement = step.movement(graph);
        boolean conflicting = step.after().conflictsSince(step.before(), graph);
        if (conflicting) {
            classifications.add(new Edited(step, SharedReasons.CONFLICTING_ROWS));
        }
        if (step.versions().stream().anyMatch(version -> !graph.contains(version))) {
            classifications.add(unknown(step));
        } else if (movement.down().isEmpty() && movement.up().size() == 1) {
            classifications.add(edge(step, movement.up().getFirst(), true, movement.blind()));
        } else if (movement.up().isEmpty() && movement.down().size() == 1) {
            classifications.add(edge(step, movement.down().getFirst(), false, movement.blind()));
        } else if (conflicting) {
            String written = step.last().after();
            if (written != null && !step.work().isNone()) {
                classifications.add(new Ran(step, written, true, Certainty.PRESUMED, wrote(step)));
            }
        } else if (movement.up().isEmpty() && movement.down().isEmpty()) {
            classifications.add(new Edited(step, SharedReasons.SAME_MEANING));
        } else {
            classifications.add(jump(step));
        }
        return classifications;
    }

    private static Stamped jump(StepChanges step) {
        String words = "no single migration leads from %s to %s".formatted(
                step.before().versions(), step.after().versions());
        return new Stamped(step, Certainty.CERTAIN,
                step.work().isNone()
                        ? words
                        : words + ", so what its transaction wrote was not written by theirs; it wrote "
                                + step.work().words());
    }

    private static Classification unknown(StepChanges step) {
        if (step.work().isNone()) {
            return new Stamped(step, Certainty.PRESUMED,
                    SharedReasons.unknownRow("nothing was written", "what should have been is not known"));
        }
        String written = step.last().after();
        return written == null
                ? new Ran(step, String.valueOf(step.last().before()), false, Certainty.PRESUMED,
                        SharedReasons.unknownRow(wrote(step), "it may also have been stamped away after other work"))
                : new Ran(step, written, true, Certainty.PRESUMED,
                        SharedReasons.unknownRow(wrote(step), "it may also have been a downgrade"));
    }

    private static String wrote(StepChanges step) {
        return "before its row, its transaction wrote " + step.work().words();
    }

    /** From one set of rows to the next over one revision. */
    private Classification edge(StepChanges step, String revision, boolean up, boolean blind) {
        TransactionActivity work = step.work();
        Optional<Effects> effects = known.footprints().of(revision)
                .map(it -> up ? it.upgrade() : it.downgrade());
        boolean mustShow = effects.map(it -> ExpectedEffects.cannotGoUnseen(it, known.eventTriggers())).orElse(false);
        if (work.isNone()) {
            return blind
                    ? new Stamped(step, Certainty.PRESUMED, SharedReasons.unknownRow("nothing was written"))
                    : nothingWritten(step, revision, up, mustShow, effects);
        }
        if (work.isDataOnly() && mustShow) {
            return new Stamped(step, Certainty.PRESUMED,
                    "its transaction wrote %s, but not what the revision would have written into the catalogs"
                            .formatted(work.words()));
        }
        if (!work.isOwn()) {
            if (mustShow && known.eventTriggers()
                    && !effects.map(it -> ExpectedEffects.names(it, work.earlier())).orElse(false)) {
                return new Stamped(step, Certainty.PRESUMED,
                        "just before, its session touched %s, but nothing that the revision makes or drops"
                                .formatted(work.words()));
            }
            return new Ran(step, revision, up, Certainty.PRESUMED,
                    "its own transaction wrote nothing else, but just before, others of the same session touched "
                            + work.words() + "; it was stamped if somebody did that by hand");
        }
        if (!work.triggers().isEmpty() && !effects.map(it -> ExpectedEffects.names(it, work.objects())).orElse(false)) {
            return new Ran(step, revision, up, Certainty.PRESUMED,
                    "%s; it was stamped if %s wrote that".formatted(wrote(step), triggers(work)));
        }
        if (work.isDataOnly()
                && effects.map(it -> ExpectedEffects.writesOnlyElsewhere(it, work.data().keySet())).orElse(false)) {
            return new Ran(step, revision, up, Certainty.PRESUMED,
                    "%s; it was stamped if something else wrote that, because the script does not say that it does"
                            .formatted(wrote(step)));
        }
        return new Ran(step, revision, up, blind ? Certainty.PRESUMED : Certainty.CERTAIN, wrote(step));
    }

    private static String triggers(TransactionActivity work) {
        return work.triggers().stream()
                .limit(3)
                .map(name -> "'" + name + "'")
                .collect(Collectors.joining(", ", "trigger ", work.triggers().size() > 3 ? " and more" : ""));
    }

    private Classification nothingWritten(
            StepChanges step, String revision, boolean up, boolean mustShow, Optional<Effects> effects) {
        String function = up ? "upgrade" : "downgrade";
        if (effects.map(Effects::isNone).orElse(false)) {
            return new Ran(step, revision, up, Certainty.PRESUMED,
                    "its %s does nothing, so there is nothing to witness; it may have been stamped"
                            .formatted(function));
        }
        if (mustShow) {
            return new Stamped(step, Certainty.CERTAIN,
                    "nothing was written, and its %s writes into the catalogs".formatted(function));
        }
        if (step.work().idle()) {
            return new Ran(step, revision, up, Certainty.PRESUMED,
                    "nothing was written, but its transaction tried a schema change that found nothing to do, as IF [NOT] EXISTS does");
        }
        if (graph.find(revision).map(Revision::parents).orElse(List.of()).size() > 1) {
            return new Ran(step, revision, up, Certainty.PRESUMED,
                    "a merge revision seldom does anything, so there is nothing to witness; it may have been stamped");
        }
        return new Stamped(step, Certainty.PRESUMED, effects.isPresent()
                ? "nothing was written; its %s may have found nothing to do, or was not run".formatted(function)
                : "nothing was written; what its %s does is not known".formatted(function));
    }
}
