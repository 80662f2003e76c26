package dev.migrationledger.agent.watch;

import dev.migrationledger.contracts.envelope.Occurrence;
import dev.migrationledger.contracts.event.AgentEvent;
import dev.migrationledger.contracts.event.AgentEvent.*;
import dev.migrationledger.contracts.event.Attribution;
import dev.migrationledger.contracts.event.Attribution.Actor;
import dev.migrationledger.contracts.event.EventCatalogue;
import dev.migrationledger.contracts.event.Evidence;
import dev.migrationledger.core.situation.GapText;
import java.time.Instant;
import java.util.Locale;

/** A fact in one line: its name, then key=value. */
final class FactLine {

    private FactLine() {}

    static String of(AgentEvent event, Occurrence when) {
        String name = EventCatalogue.nameOf(event.getClass()).replaceFirst("^agent\\.(.*)\\.v\\d+$", "$1");
        return name + " " + values(event) + " " + when(when);
    }

    private static String values(AgentEvent event) {
        return switch (event) {
            case AgentStarted it -> "version=%s tool=%s mode=%s labels=%s"
                    .formatted(it.agentVersion(), it.tool(), it.mode(), it.labels());
            case AgentStopped it -> "reason=%s".formatted(word(it.reason()));
            case ScriptsScanned it -> "source=%s changed=%d removed=%d problems=%d".formatted(
                    quoted(it.source()), it.changed().size(), it.removed().size(), it.problems().size());
            case RevisionFilesRead it -> "source=%s files=%d".formatted(quoted(it.source()), it.files().size());
            case RevisionAuthorsRead it -> "source=%s files=%d".formatted(quoted(it.source()), it.files().size());
            case HeadDetected it -> "heads=%s realHeads=%s".formatted(it.heads(), it.realHeads());
            case RevisionApplied it ->
                "revision=%s inferred=%s %s".formatted(it.revision(), it.inferred(), how(it.evidence()));
            case RevisionReverted it ->
                "revision=%s inferred=%s %s".formatted(it.revision(), it.inferred(), how(it.evidence()));
            case RevisionStamped it ->
                "revisions=%s replaced=%s %s".formatted(it.revisions(), it.replaced(), how(it.evidence()));
            case VersionTableObserved it -> "table=%s state=%s rows=%s"
                    .formatted(it.table().name(), word(it.table().state()), it.table().rows());
            case VersionTableEdited it ->
                "before=%s after=%s %s".formatted(it.before(), it.after(), how(it.evidence()));
            case SchemaObserved it -> "fingerprint=%s changed=%d removed=%d".formatted(
                    it.fingerprint().value(), it.changed().size(), it.removed().size());
            case ObservationGap it ->
                "from=%s until=%s reason=%s".formatted(it.from(), it.until(), quoted(GapText.of(it.reason())));
            case RunStarted it -> "run=%s user=%s command=%s"
                    .formatted(it.run(), it.claim().user(), quoted(String.join(" ", it.claim().command())));
            case RunEnded it -> "run=%s exitCode=%d".formatted(it.run(), it.exitCode());
        };
    }

    private static String how(Evidence evidence) {
        Attribution known = evidence.attribution();
        Actor actor = known == null ? null : known.actor();
        return "evidence=%s certainty=%s".formatted(word(evidence.method()), word(evidence.certainty()))
                + (actor == null ? "" : " by=" + quoted(actor.inWords()));
    }

    private static String when(Occurrence occurrence) {
        Instant notBefore = occurrence.notBefore();
        return switch (occurrence.precision()) {
            case EXACT -> "at=" + occurrence.at();
            case BETWEEN -> "between=" + notBefore + "/" + occurrence.at();
            case NO_LATER_THAN -> "noLaterThan=" + occurrence.at();
        };
    }

    private static String word(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private static String quoted(String text) {
        return '"' + text.replace('"', '\'') + '"';
    }
}
