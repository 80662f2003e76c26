package dev.migrationledger.agent.witness;

import dev.migrationledger.agent.database.capture.CapturedChange;
import dev.migrationledger.agent.witness.Classification.Edited;
import dev.migrationledger.agent.witness.Classification.Ran;
import dev.migrationledger.agent.witness.Classification.Stamped;
import dev.migrationledger.agent.witness.Transition.Captured;
import dev.migrationledger.contracts.event.AgentEvent;
import dev.migrationledger.contracts.event.AgentEvent.RevisionApplied;
import dev.migrationledger.contracts.event.AgentEvent.RevisionReverted;
import dev.migrationledger.contracts.event.AgentEvent.RevisionStamped;
import dev.migrationledger.contracts.event.AgentEvent.VersionTableEdited;
import dev.migrationledger.contracts.event.Attribution;
import dev.migrationledger.contracts.event.Attribution.TouchedObject;
import dev.migrationledger.contracts.event.Evidence;
import dev.migrationledger.contracts.event.Evidence.Certainty;
import dev.migrationledger.contracts.event.Evidence.Witness;
import dev.migrationledger.core.graph.RevisionGraph;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Verdicts as events, each with who did it. Successive stamps of one transaction are one command and one event. */
final class EventMapper {

    /** A migration may touch thousands of objects; an event names so many. */
    private static final int MOST_OBJECTS = 100;

    private EventMapper() {}

    /** @param left what the table held after the transaction */
    static List<Captured> of(List<Classification> verdicts, VersionTableRows left, RevisionGraph graph) {
        List<Captured> deeds = new ArrayList<>();
        List<Stamped> stamps = new ArrayList<>();
        for (Classification verdict : verdicts) {
            if (verdict instanceof Stamped stamped) {
                stamps.add(stamped);
                continue;
            }
            deeds.addAll(stamped(stamps, graph));
            stamps.clear();
            switch (verdict) {
                case Ran ran -> deeds.add(ran(ran));
                case Edited edited -> deeds.add(edited(edited));
                case Stamped _ -> throw new IllegalStateException("stamps are collected");
            }
        }
        deeds.addAll(stamped(stamps, graph));
        return deeds.stream()
                .map(deed -> new Captured(deed.event(), deed.at(), deed.transaction(), left))
                .toList();
    }

    private static Captured ran(Ran ran) {
        TransactionActivity work = ran.turn().work();
        Witness witness = work.touched().isEmpty() ? Witness.TRIGGER : Witness.EVENT_TRIGGER;
        Evidence evidence = evidence(ran.turn(), witness, ran.certainty(), ran.detail());
        return deed(ran.turn(), ran.up()
                ? new RevisionApplied(ran.revision(), false, evidence)
                : new RevisionReverted(ran.revision(), false, evidence));
    }

    private static Captured edited(Edited edited) {
        StepChanges turn = edited.turn();
        Witness witness = turn.last().operation() == CapturedChange.Operation.DROP
                ? Witness.EVENT_TRIGGER
                : Witness.TRIGGER;
        return deed(turn, new VersionTableEdited(
                turn.before().versions(), turn.after().versions(),
                evidence(turn, witness, Certainty.CERTAIN, edited.detail())));
    }

    /** Rows that stayed are named too where all led down: no row at all means base. */
    private static List<Captured> stamped(List<Stamped> stamps, RevisionGraph graph) {
        if (stamps.isEmpty()) {
            return List.of();
        }
        VersionTableRows before = stamps.getFirst().turn().before();
        VersionTableRows after = stamps.getLast().turn().after();
        Set<String> written = new LinkedHashSet<>();
        Set<String> replaced = new LinkedHashSet<>();
        stamps.stream().flatMap(stamp -> stamp.turn().made().stream()).map(AppliedChange::change).forEach(change -> {
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
        StepChanges last = stamps.getLast().turn();
        Evidence evidence = evidence(last, Witness.TRIGGER, surest.certainty(), surest.detail());
        return List.of(deed(last, new RevisionStamped(
                down || written.isEmpty() ? List.copyOf(after.each()) : List.copyOf(written),
                List.copyOf(replaced), evidence)));
    }

    private static Evidence evidence(StepChanges turn, Witness witness, Certainty certainty, String detail) {
        List<TouchedObject> objects = turn.work().touched().stream()
                .distinct()
                .limit(MOST_OBJECTS)
                .toList();
        return new Evidence(witness, certainty, detail,
                new Attribution(turn.last().actor(), turn.last().statement(), objects));
    }

    private static Captured deed(StepChanges turn, AgentEvent event) {
        return new Captured(event, turn.last().changedAt(), turn.last().actor().transaction(), turn.after());
    }
}
