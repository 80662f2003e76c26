package dev.migrationledger.core.situation;

import dev.migrationledger.contracts.footprint.Alteration.Validated;
import dev.migrationledger.contracts.footprint.Effect.Action;
import dev.migrationledger.contracts.footprint.Effect.Alter;
import dev.migrationledger.contracts.footprint.Effect.Change;
import dev.migrationledger.contracts.footprint.Effect.Unread;
import dev.migrationledger.contracts.footprint.Footprint;
import dev.migrationledger.core.scripts.ReasonText;
import dev.migrationledger.core.situation.Observations.ScriptsSeen;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Why a schema cannot tell some sets of revisions apart. */
public final class Differences {

    private final ScriptsSeen scripts;

    public Differences(ScriptsSeen scripts) {
        this.scripts = scripts;
    }

    /** What is in some of these sets and not in others, each with what keeps it out of sight; clauses with commas. */
    public String between(List<List<String>> sets) {
        Set<String> some = new HashSet<>();
        Set<String> all = null;
        for (List<String> set : sets) {
            Set<String> implied = scripts.graph().implied(set);
            some.addAll(implied);
            if (all == null) {
                all = new HashSet<>(implied);
            } else {
                all.retainAll(implied);
            }
        }
        if (all != null) {
            some.removeAll(all);
        }
        return of(scripts.graph().topological(some));
    }

    /** What each of these does out of a schema's sight; clauses with commas. */
    public String of(List<String> revisions) {
        return MessageText.list(revisions.stream().map(this::reason).toList());
    }

    private String reason(String revision) {
        String id = MessageText.id(revision);
        Footprint footprint = scripts.footprints().get(revision);
        if (footprint == null) {
            return id + " cannot be read";
        }
        if (!footprint.upgrade().isRead()) {
            Unread unknown = footprint.upgrade().unknowns().getFirst();
            return "line %2$d of %1$s cannot be read (%3$s)"
                    .formatted(id, unknown.line(), ReasonText.of(unknown.reason()));
        }
        Set<String> written = new TreeSet<>();
        footprint.upgrade().changes().stream()
                .filter(effect -> effect.action() == Action.WRITE)
                .forEach(effect -> written.add(effect.object().dotted()));
        List<Change> changes = footprint.upgrade().changes().stream()
                .filter(effect -> effect.action() != Action.WRITE).toList();
        if (!changes.isEmpty() && changes.stream().allMatch(Differences::isValidation)) {
            return "%s only validates %s, which may have been done by hand".formatted(id,
                    MessageText.objects(changes.stream().map(Change::object).toList()));
        }
        if (!changes.isEmpty()) {
            return changes.stream().anyMatch(Differences::isConditional)
                    ? id + " changes the schema only under a condition"
                    : id + " creates nothing that other revisions do not create too";
        }
        return written.isEmpty()
                ? id + " does nothing"
                : "%s only changes rows of %s".formatted(id, MessageText.list(List.copyOf(written)));
    }

    /** A validated constraint is as good where the revision that validates it has still to run. */
    private static boolean isValidation(Change effect) {
        return effect instanceof Alter alter && alter.changes().stream().allMatch(Validated.class::isInstance);
    }

    private static boolean isConditional(Change effect) {
        return !effect.condition().isAlways();
    }
}
