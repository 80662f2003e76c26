package dev.migrationledger.agent.history;

import dev.migrationledger.agent.cli.Paint;
import dev.migrationledger.agent.tool.MigrationTools;
import dev.migrationledger.contracts.footprint.Effect.Change;
import dev.migrationledger.contracts.footprint.Effect.Unread;
import dev.migrationledger.contracts.footprint.Effect;
import dev.migrationledger.contracts.footprint.Effects;
import dev.migrationledger.contracts.footprint.Footprint;
import dev.migrationledger.contracts.schema.ObjectKind;
import dev.migrationledger.contracts.schema.ObjectName;
import dev.migrationledger.core.scripts.EffectText;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Revisions for people: one line each, or a block with all that is known. */
record RevisionText(Paint paint) {

    /** As {@code heads} lists it: {@code id (labels) (head), message}. */
    String head(ShownRevision revision) {
        return named(revision) + message(revision);
    }

    /** As {@code history} lists it: {@code parents (dependencies) -> id (labels) (head), message}. */
    String step(ShownRevision revision) {
        String needed = revision.dependsOn().isEmpty() ? "" : " (" + joined(revision.dependsOn()) + ")";
        return parents(revision) + needed + " -> " + named(revision) + message(revision);
    }

    /** Each as a block, with an empty line behind it. */
    List<String> blocks(List<ShownRevision> revisions) {
        return revisions.stream().flatMap(revision -> Stream.concat(block(revision).stream(), Stream.of(""))).toList();
    }

    /** Everything, one thing on each line. */
    private List<String> block(ShownRevision revision) {
        List<String> lines = new ArrayList<>();
        lines.add(line("Revision", paint.strong(Paint.plain(revision.revision())) + marks(revision)));
        add(lines, "Message", revision.message() == null ? List.of() : List.of(revision.message()));
        lines.add(line(revision.parents().size() > 1 ? "Merges" : "Parent", parents(revision)));
        add(lines, "Depends on", revision.dependsOn());
        add(lines, revision.children().size() > 1 ? "Children" : "Child", revision.children());
        add(lines, "Labels", revision.labels());
        add(lines, "Branches", revision.branches().equals(revision.labels()) ? List.of() : revision.branches());
        add(lines, "File", List.of(revision.file()));
        lines.add(line("Digest", paint.faint("sha256:" + revision.digest())));
        Footprint footprint = revision.footprint();
        if (footprint != null) {
            effects(lines, "Upgrade", footprint.upgrade());
            effects(lines, "Downgrade", footprint.downgrade());
        }
        return lines;
    }

    /** One line for each effect and each place that cannot be known, in their order; what a loop does again is said once. */
    private static void effects(List<String> lines, String what, Effects effects) {
        if (effects.isNone()) {
            lines.add(line(what, "nothing"));
        }
        String label = what;
        for (String text : effects.effects().stream().map(RevisionText::effect).distinct().toList()) {
            lines.add(line(label, Paint.plain(text)));
            label = "";
        }
    }

    private static String effect(Effect effect) {
        return EffectText.of(effect) + switch (effect) {
            case Unread _ -> "";
            case Change change -> own(change.object());
        };
    }

    /** The version table is no object of a history. */
    private static String own(ObjectName object) {
        String table = object.kind() == ObjectKind.TABLE ? object.name() : object.table();
        return table == null
                ? ""
                : MigrationTools.ofVersionTable(table)
                        .map(tool -> " (%s's own version table)".formatted(tool.title())).orElse("");
    }

    private static void add(List<String> lines, String what, List<String> values) {
        if (!values.isEmpty()) {
            lines.add(line(what, joined(values)));
        }
    }

    private static String line(String what, String value) {
        return "%-11s %s".formatted(what, value);
    }

    private String named(ShownRevision revision) {
        String labels = revision.branches().isEmpty() ? "" : " (" + joined(revision.branches()) + ")";
        return paint.strong(Paint.plain(revision.revision())) + labels + marks(revision);
    }

    private static String marks(ShownRevision revision) {
        StringBuilder marks = new StringBuilder();
        revision.marks().forEach(mark -> marks.append(" (").append(mark).append(')'));
        return marks.toString();
    }

    private static String message(ShownRevision revision) {
        return revision.message() == null || revision.message().isEmpty() ? "" : ", " + Paint.plain(revision.message());
    }

    private static String parents(ShownRevision revision) {
        return revision.parents().isEmpty() ? "<base>" : joined(revision.parents());
    }

    private static String joined(List<String> values) {
        return Paint.plain(String.join(", ", values));
    }
}
