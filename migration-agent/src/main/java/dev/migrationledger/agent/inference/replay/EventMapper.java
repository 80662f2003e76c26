package dev.migrationledger.agent.inference.replay;

import dev.migrationledger.agent.database.capture.CapturedChange;
import dev.migrationledger.agent.inference.Movement;
import dev.migrationledger.agent.inference.VersionTableRows;
import dev.migrationledger.agent.inference.replay.Classification.Edited;
import dev.migrationledger.agent.inference.replay.Classification.Ran;
import dev.migrationledger.agent.inference.replay.Classification.Stamped;
import dev.migrationledger.agent.inference.replay.Transition.Captured;
import dev.migrationledger.contracts.event.AgentEvent;
import dev.migrationledger.contracts.event.AgentEvent.RevisionApplied;
import dev.migrationledger.contracts.event.AgentEvent.RevisionReverted;
import dev.migrationledger.contracts.event.AgentEvent.RevisionStamped;
import dev.migrationledger.contracts.event.AgentEvent.VersionTableEdited;
import dev.migrationledger.contracts.event.Attribution;
import dev.migrationledger.contracts.event.Attribution.TouchedObject;
import dev.migrationledger.contracts.event.Clue;
import dev.migrationledger.contracts.event.Evidence;
import dev.migrationledger.contracts.event.Evidence.Certainty;
import dev.migrationledger.contracts.event.Evidence.Method;
import dev.migrationledger.core.graph.RevisionGraph;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Classifications as events, each with who did it. Successive stamps of one transaction are one command and one event. */
final class EventMapper {

    /** A migration may touch thousands of objects; an event names so many. */
    private static final int MOST_OBJECTS = 100;

    private EventMapper() {}

    /** @param left what the table held after the transaction */
    static List<Captured> of(List<Classification> classifications, VersionTableRows left, RevisionGraph graph) {
        List<Captured> events = new ArrayList<>();
        List<Stamped> stamps = new ArrayList<>();
        for (Classification classification : classifications) {
            if (classification instanceof Stamped stamped) {
                stamps.add(stamped);
                continue;
            }
            events.addAll(stamped(stamps, graph));
            stamps.clear();
            switch (classification) {
                case Ran ran -> events.add(ran(ran));
                case Edited edited -> events.add(edited(edited));
                case Stamped _ -> throw new IllegalStateException("stamps are collected");
            }
        }
        events.addAll(stamped(stamps, graph));
        return events.stream()
                .map(captured -> new Captured(captured.event(), captured.at(), captured.transaction(), left))
                .toList();
    }

    private static Captured ran(Ran ran) {
        TransactionActivity work = ran.step().work();
        Method method = work.touched().isEmpty() ? Method.TRIGGER : Method.EVENT_TRIGGER;
        Evidence evidence = evidence(ran.step(), method, ran.certainty(), ran.clues());
        return captured(ran.step(), ran.up()
                ? new RevisionApplied(ran.revision(), false, evidence)
                : new RevisionReverted(ran.revision(), false, evidence));
    }

    private static Captured edited(Edited edited) {
        StepChanges step = edited.step();
        Method method = step.last().operation() == CapturedChange.Operation.DROP
                ? Method.EVENT_TRIGGER
                : Method.TRIGGER;
        return captured(step, new VersionTableEdited(
                step.before().versions(), step.after().versions(),
                evidence(step, method, Certainty.CERTAIN, edited.clues())));
    }

    /** Rows that stayed are named too where all led down: no row at all means base. */
    private static List<Captured> stamped(List<Stamped> stamps, RevisionGraph graph) {
        if (stamps.isEmpty()) {
            return List.of();
        }
        VersionTableRows before = stamps.getFirst().step().before();
        VersionTableRows after = stamps.getLast().step().after();
        Set<String> written = new LinkedHashSet<>();
        Set<String> replaced = new LinkedHashSet<>();
        stamps.stream().flatMap(stamp -> stamp.step().made().stream()).map(AppliedChange::change).forEach(change -> {
            String gone = change.before();
            String come = change.after();
            if (gone != null && before.versions().contains(gone)) {
                replaced.add(gone);
            }
            if (come != null && after.versions().contains(come)) {
                written.add(come);
            }
        });
        boolean down = Movement.between(before.each(), after.each(), graph).up().isEmpty()
                && !after.sameRows(before);
        Stamped surest = stamps.stream()
                .filter(stamp -> stamp.certainty() == Certainty.CERTAIN)
                .findFirst()
                .orElse(stamps.getLast());
        StepChanges last = stamps.getLast().step();
        Evidence evidence = evidence(last, Method.TRIGGER, surest.certainty(), surest.clues());
        return List.of(captured(last, new RevisionStamped(
                down || written.isEmpty() ? List.copyOf(after.each()) : List.copyOf(written),
                List.copyOf(replaced), evidence)));
    }

    private static Evidence evidence(StepChanges step, Method method, Certainty certainty, List<Clue> clues) {
        List<TouchedObject> objects = step.work().touched().stream()
                .distinct()
                .limit(MOST_OBJECTS)
                .toList();
        return new Evidence(method, certainty, clues,
                new Attribution(step.last().actor(), step.last().statement(), objects));
    }

    private static Captured captured(StepChanges step, AgentEvent event) {
        return new Captured(event, step.last().changedAt(), step.last().actor().transaction(), step.after());
    }
}
