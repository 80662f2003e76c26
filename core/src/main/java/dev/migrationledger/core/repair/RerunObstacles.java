package dev.migrationledger.core.repair;

import dev.migrationledger.contracts.footprint.Effect.Action;
import dev.migrationledger.contracts.footprint.Effect.Change;
import dev.migrationledger.contracts.footprint.Footprint;
import dev.migrationledger.contracts.revision.Revision;
import dev.migrationledger.contracts.schema.ObjectName;
import dev.migrationledger.core.position.Discrepancy;
import dev.migrationledger.core.repair.HoleRepair.Obstacle;
import dev.migrationledger.core.situation.MessageText;
import dev.migrationledger.core.situation.Observations.SchemaSeen;
import dev.migrationledger.core.situation.Observations.ScriptsSeen;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Why a revision that left nothing in the schema cannot run again from its printed SQL. */
final class RerunObstacles {

    private final ScriptsSeen scripts;
    private final RunTraces traces;
    private final List<String> set;
    private final HoleRepairNeeds needs;
    private final boolean isPathUnknown;

    RerunObstacles(ScriptsSeen scripts, SchemaSeen live, RunTraces traces, List<String> set) {
        this.scripts = scripts;
        this.traces = traces;
        this.set = set;
        this.needs = new HoleRepairNeeds(live);
        this.isPathUnknown = live.searchPath() != null && live.searchPath().isEmpty();
    }

    /** Absent: nothing keeps it from running after those that were asked for before, and its objects exist from now on. */
    @Nullable
    Obstacle of(Revision revision, @Nullable Footprint footprint) {
        String id = MessageText.id(revision.revision());
        if (revision.parents().size() != 1 || !revision.dependsOn().isEmpty()) {
            return Obstacle.of(
                    "Nothing of %s is in the schema. Print the SQL of its branch, and run only its own statements."
                            .formatted(id),
                    "Its SQL cannot be printed alone, because it has %s.".formatted(
                            revision.parents().isEmpty() ? "no parent" : "several revisions before it"));
        }
        if (footprint == null || !footprint.upgrade().isRead()) {
            return Obstacle.of("Nothing of %s is in the schema. Read its file, and run what is missing by hand."
                    .formatted(id), "Some of its statements cannot be read by the agent.");
        }
        Obstacle unsafe = unsafe(id, footprint);
        if (unsafe != null) {
            return unsafe;
        }
        HoleRepairNeeds.Lack lack = needs.of(footprint.upgrade());
        if (lack != null) {
            return lacking(revision.revision(), lack);
        }
        if (footprint.upgrade().commits() != null) {
            return new Obstacle(
                    "Nothing of %s is in the schema. Run its statements one by one, because it commits in between."
                            .formatted(id),
                    List.of("Run as a whole, a failure would leave half of it."), revision.revision());
        }
        return isPathUnknown
                ? new Obstacle(
                        "Nothing of %s is in the schema. Run its statements by hand, in the right schema."
                                .formatted(id),
                        List.of("env.py computes the search path, so printed SQL could change objects of another schema."),
                        revision.revision())
                : null;
    }

    /** Absent: its SQL depends on no condition, and changes no rows that other revisions may have written. */
    private static @Nullable Obstacle unsafe(String id, Footprint footprint) {
        for (Change effect : footprint.upgrade().changes()) {
            if (!effect.condition().isAlways()) {
                return Obstacle.of("Nothing of %s is in the schema. Run what is missing by hand.".formatted(id),
                        "Its changes depend on a condition (line %d), which printed SQL may not check."
                                .formatted(effect.location().line()));
            }
            if (effect.action() == Action.DROP
                    || (effect.action() == Action.WRITE && !isMadeBy(footprint, effect))) {
                return Obstacle.of(
                        "Nothing of %s is in the schema. Decide which of its statements should still run."
                                .formatted(id),
                        "It would %s %s, whose rows may have changed since.".formatted(
                                effect.action() == Action.DROP ? "drop" : "write rows of",
                                MessageText.object(effect.object())));
            }
        }
        return null;
    }

    private static boolean isMadeBy(Footprint footprint, Change write) {
        return footprint.upgrade().changes().stream()
                .anyMatch(effect -> effect.action() == Action.CREATE && effect.object().equals(write.object()));
    }

    private Obstacle lacking(String revision, HoleRepairNeeds.Lack lack) {
        String id = MessageText.id(revision);
        String maker = maker(lack.object(), revision);
        List<ObjectName> gone = traces.lacking(revision, set).stream().map(Discrepancy::object).toList();
        return Obstacle.of(
                "%s cannot run again, because %s does not exist. Find out who removed %s, and restore %s."
                        .formatted(id, MessageText.object(lack.object()),
                                gone.isEmpty() ? "it" : MessageText.fewObjects(gone),
                                gone.size() > 1 ? "them" : "it"),
                "%s %s %s%s.".formatted(id, lack.clause(), MessageText.object(lack.object()),
                        maker == null ? "" : ", which %s creates".formatted(MessageText.id(maker))));
    }

    /** The last revision before this one that creates an object; absent: none is known to. */
    private @Nullable String maker(ObjectName object, String before) {
        return scripts.graph().topological(scripts.graph().implied(List.of(before))).stream()
                .filter(id -> !id.equals(before) && traces.makes(id, object))
                .reduce((_, last) -> last).orElse(null);
    }
}
