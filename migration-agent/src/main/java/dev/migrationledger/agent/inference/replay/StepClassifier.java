package dev.migrationledger.agent.inference.replay;

import dev.migrationledger.agent.inference.Movement;
import dev.migrationledger.agent.inference.replay.Classification.Edited;
import dev.migrationledger.agent.inference.replay.Classification.Ran;
import dev.migrationledger.agent.inference.replay.Classification.Stamped;
import dev.migrationledger.contracts.event.Clue;
import dev.migrationledger.contracts.event.Clue.Fact;
import dev.migrationledger.contracts.event.Clue.Known;
import dev.migrationledger.contracts.event.Clue.NoSingleMigration;
import dev.migrationledger.contracts.event.Clue.OtherTriggers;
import dev.migrationledger.contracts.event.Clue.Wrote;
import dev.migrationledger.contracts.event.Clue.Wrote.By;
import dev.migrationledger.contracts.event.Evidence.Certainty;
import dev.migrationledger.contracts.footprint.Effects;
import dev.migrationledger.contracts.revision.Revision;
import dev.migrationledger.core.graph.RevisionGraph;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

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
                            List.of(new Known(Fact.OTHER_ROWS_STAMPED), new OtherTriggers(step.work().triggers()),
                                    wrote(step)))
                    : classification;
        }
        boolean othersRan = all.stream().anyMatch(
                it -> it instanceof Ran ran && ran.up() == up && ran.certainty() == Certainty.CERTAIN);
        if (othersRan && !movement.ambiguous()) {
            return new Ran(step, (up ? movement.up() : movement.down()).getFirst(), up, Certainty.PRESUMED,
                    known(Fact.NOTHING_WRITTEN, Fact.OTHER_STEPS_RAN));
        }
        return stamps && classification instanceof Ran && !step.work().idle()
                ? new Stamped(step, Certainty.CERTAIN, known(Fact.NOTHING_WRITTEN, Fact.OTHER_ROWS_STAMPED))
                : classification;
    }

    private List<Classification> classifications(StepChanges step, boolean purged) {
        return switch (step.last().operation()) {
            case TRUNCATE -> List.of(new Edited(step, known(Fact.TABLE_TRUNCATED)));
            case DROP -> List.of(new Edited(step, known(Fact.TABLE_DROPPED)));
            case SCHEMA_ONLY -> List.of();
            case INSERT, UPDATE, DELETE -> switch (step.form()) {
                case FOREIGN -> List.of(new Edited(step, byHand(step)));
                case PURGE -> List.of(purge(step));
                case STEP, UNKNOWN -> purged ? List.of(purge(step)) : step(step);
            };
        };
    }

    private static List<Clue> byHand(StepChanges step) {
        return withWork(step, new Known(Fact.FOREIGN_STATEMENT));
    }

    private static List<Clue> withWork(StepChanges step, Clue clue) {
        return step.work().isNone() ? List.of(clue) : List.of(clue, wrote(step));
    }

    private static List<Clue> known(Fact... facts) {
        return Stream.of(facts).<Clue>map(Known::new).toList();
    }

    private static Stamped purge(StepChanges step) {
        return new Stamped(step, Certainty.CERTAIN, known(Fact.ALL_ROWS_DELETED));
    }

    private List<Classification> step(StepChanges step) {
        List<Classification> classifications = new ArrayList<>();
        Movement movement = step.movement(graph);
        boolean conflicting = step.after().conflictsSince(step.before(), graph);
        if (conflicting) {
            classifications.add(new Edited(step, known(Fact.CONFLICTING_ROWS)));
        }
        if (step.versions().stream().anyMatch(version -> !graph.contains(version))) {
            classifications.add(unknown(step));
        } else if (movement.down().isEmpty() && movement.up().size() == 1) {
            classifications.add(edge(step, movement.up().getFirst(), true, movement.ambiguous()));
        } else if (movement.up().isEmpty() && movement.down().size() == 1) {
            classifications.add(edge(step, movement.down().getFirst(), false, movement.ambiguous()));
        } else if (conflicting) {
            String written = step.last().after();
            if (written != null && !step.work().isNone()) {
                classifications.add(new Ran(step, written, true, Certainty.PRESUMED, List.of(wrote(step))));
            }
        } else if (movement.up().isEmpty() && movement.down().isEmpty()) {
            classifications.add(new Edited(step, known(Fact.SAME_MEANING)));
        } else {
            classifications.add(jump(step));
        }
        return classifications;
    }

    private static Stamped jump(StepChanges step) {
        return new Stamped(step, Certainty.CERTAIN, withWork(step,
                new NoSingleMigration(List.copyOf(step.before().versions()), List.copyOf(step.after().versions()))));
    }

    private static Classification unknown(StepChanges step) {
        if (step.work().isNone()) {
            return new Stamped(step, Certainty.PRESUMED,
                    known(Fact.NOTHING_WRITTEN, Fact.UNKNOWN_ROW));
        }
        String written = step.last().after();
        return written == null
                ? new Ran(step, String.valueOf(step.last().before()), false, Certainty.PRESUMED,
                        List.of(wrote(step), new Known(Fact.UNKNOWN_ROW)))
                : new Ran(step, written, true, Certainty.PRESUMED,
                        List.of(wrote(step), new Known(Fact.UNKNOWN_ROW)));
    }

    private static Clue wrote(StepChanges step) {
        return new Wrote(step.work().isOwn() ? By.SAME_TRANSACTION : By.EARLIER_TRANSACTIONS, null,
                step.work().rows());
    }

    /** From one set of rows to the next over one revision. */
    private Classification edge(StepChanges step, String revision, boolean up, boolean ambiguous) {
        TransactionActivity work = step.work();
        Optional<Effects> effects = known.footprints().of(revision)
                .map(it -> up ? it.upgrade() : it.downgrade());
        boolean mustShow = effects.map(it -> ExpectedEffects.mustBeCaptured(it, known.eventTriggers())).orElse(false);
        if (work.isNone()) {
            return ambiguous
                    ? new Stamped(step, Certainty.PRESUMED, known(Fact.NOTHING_WRITTEN, Fact.UNKNOWN_ROW))
                    : nothingWritten(step, revision, up, mustShow, effects);
        }
        if (work.isDataOnly() && mustShow) {
            return new Stamped(step, Certainty.PRESUMED,
                    List.of(wrote(step), new Known(Fact.EXPECTED_CHANGES_MISSING)));
        }
        if (!work.isOwn()) {
            if (mustShow && known.eventTriggers()
                    && !effects.map(it -> ExpectedEffects.names(it, work.earlier())).orElse(false)) {
                return new Stamped(step, Certainty.PRESUMED,
                        List.of(wrote(step), new Known(Fact.EXPECTED_CHANGES_MISSING)));
            }
            return new Ran(step, revision, up, Certainty.PRESUMED,
                    List.of(wrote(step), new Known(Fact.OTHER_WORK_LOOKS_THE_SAME)));
        }
        if (!work.triggers().isEmpty() && !effects.map(it -> ExpectedEffects.names(it, work.objects())).orElse(false)) {
            return new Ran(step, revision, up, Certainty.PRESUMED,
                    List.of(wrote(step), new OtherTriggers(work.triggers())));
        }
        if (work.isDataOnly()
                && effects.map(it -> ExpectedEffects.writesOnlyElsewhere(it, work.data().keySet())).orElse(false)) {
            return new Ran(step, revision, up, Certainty.PRESUMED,
                    List.of(wrote(step), new Known(Fact.SCRIPT_WRITES_OTHER_TABLES)));
        }
        return new Ran(step, revision, up, ambiguous ? Certainty.PRESUMED : Certainty.CERTAIN,
                List.of(wrote(step)));
    }

    private Classification nothingWritten(
            StepChanges step, String revision, boolean up, boolean mustShow, Optional<Effects> effects) {
        if (effects.map(Effects::isNone).orElse(false)) {
            return new Ran(step, revision, up, Certainty.PRESUMED,
                    known(Fact.SCRIPT_DOES_NOTHING));
        }
        if (mustShow) {
            return new Stamped(step, Certainty.CERTAIN,
                    known(Fact.NOTHING_WRITTEN, Fact.SCRIPT_CHANGES_SCHEMA));
        }
        if (step.work().idle()) {
            return new Ran(step, revision, up, Certainty.PRESUMED,
                    known(Fact.NOTHING_WRITTEN, Fact.SCHEMA_CHANGE_FOUND_NOTHING_TO_DO));
        }
        if (graph.find(revision).map(Revision::parents).orElse(List.of()).size() > 1) {
            return new Ran(step, revision, up, Certainty.PRESUMED,
                    known(Fact.MERGE_LEAVES_NO_TRACE));
        }
        return new Stamped(step, Certainty.PRESUMED, known(Fact.NOTHING_WRITTEN,
                effects.isPresent() ? Fact.SCRIPT_MAY_DO_NOTHING : Fact.SCRIPT_NOT_KNOWN));
    }
}
