package dev.migrationledger.agent.history;

import dev.migrationledger.agent.cli.Paint;
import dev.migrationledger.contracts.footprint.Effect;
import dev.migrationledger.contracts.footprint.Effects;
import dev.migrationledger.contracts.footprint.Footprint;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

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

    /** Everything, one thing on each line. */
    List<String> block(ShownRevision revision) {
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

    /** One line for each effect, then one for each place that cannot be known. */
    private static void effects(List<String> lines, String what, Effects effects) {
        if (effects.isNone()) {
            lines.add(line(what, "nothing"));
        }
        String label = what;
        for (Effect effect : effects.effects()) {
            String perhaps = effect.certainty() == Effect.Certainty.CERTAIN ? "" : "perhaps ";
            String to = effect.renamedTo() == null ? "" : " to " + effect.renamedTo().dotted();
            lines.add(line(label, Paint.plain(
                    perhaps + word(effect.action()) + " " + word(effect.object().kind()) + " "
                            + effect.object().dotted() + to + details(effect))));
            label = "";
        }
        for (Effects.Unknown unknown : effects.unknowns()) {
            lines.add(line(label, Paint.plain(
                    "unknown, line %d: %s: %s".formatted(unknown.line(), unknown.reason(), unknown.expression()))));
            label = "";
        }
    }

    /** What is known of the object afterwards, as in {@code : bigint, not null, default 0}. */
    private static String details(Effect effect) {
        List<String> details = new ArrayList<>();
        Map<String, String> known = effect.properties();
        if (known.containsKey("type")) {
            details.add(known.get("type"));
        }
        if ("false".equals(known.get("nullable"))) {
            details.add("not null");
        } else if (known.containsKey("nullable") && effect.action() == Effect.Action.ALTER) {
            details.add("null");
        }
        known.forEach((name, value) -> {
            switch (name) {
                // How a name came about, and what stands before this already.
                case "name", "type", "nullable" -> {
                }
                default -> {
                    if (!value.equals("false")) {
                        details.add(value.equals("true") ? name : name + " " + value);
                    }
                }
            }
        });
        return details.isEmpty() ? "" : ": " + String.join(", ", details);
    }

    private static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', ' ');
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
