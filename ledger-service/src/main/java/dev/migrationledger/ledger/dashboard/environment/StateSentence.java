package dev.migrationledger.ledger.dashboard.environment;

import dev.migrationledger.contracts.diagnosis.Divergence;
import dev.migrationledger.contracts.diagnosis.DivergenceCode;
import dev.migrationledger.contracts.diagnosis.Finding.Exhibit;
import dev.migrationledger.contracts.diagnosis.Severity;
import dev.migrationledger.contracts.event.VersionTable;
import dev.migrationledger.contracts.text.Count;
import dev.migrationledger.contracts.text.Glyph;
import dev.migrationledger.contracts.text.ListText;
import dev.migrationledger.contracts.text.Redaction;
import dev.migrationledger.ledger.view.EnvironmentListItem.Position;
import dev.migrationledger.ledger.view.EnvironmentListItem;
import java.util.List;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;

/**
 * The state of an environment in words.
 *
 * @param stamp where the version table says that it is
 * @param schema what the live schema says about that
 * @param tone {@code good}, {@code due} or {@code bad}
 * @param word the tone in a word
 */
record StateSentence(String stamp, String schema, String tone, String word) {

    private static final int NAMED = 3;

    /**
     * The state of an environment.
     *
     * @param open its findings
     * @param schemaSeen whether an agent reported a live schema
     * @param behind how many revisions an upgrade from such rows would run
     */
    static StateSentence of(
            EnvironmentListItem line, List<Divergence> open, boolean schemaSeen, ToIntFunction<List<String>> behind) {
        boolean errors = open.stream().anyMatch(it -> it.severity() == Severity.ERROR);
        boolean warnings = open.stream().anyMatch(it -> it.severity() == Severity.WARNING);
        boolean bad = errors || line.position() == Position.UNKNOWN_REVISION;
        boolean due = warnings || line.position() != Position.AT_HEAD;
        return new StateSentence(Redaction.of(stamp(line)), Redaction.of(schema(line, open, schemaSeen, behind)),
                bad ? "bad" : due ? "due" : "good", word(line, errors, warnings));
    }

    private static String word(EnvironmentListItem line, boolean errors, boolean warnings) {
        if (errors) {
            return Glyph.WRONG.with("error");
        }
        return switch (line.position()) {
            case NOT_SEEN -> "not seen yet";
            case UNKNOWN_REVISION -> "unknown revision";
            case FORKED -> "several heads";
            case BEHIND -> "behind";
            case AT_HEAD -> warnings ? "warning" : "at head";
        };
    }

    private static String stamp(EnvironmentListItem line) {
        VersionTable table = line.summary().versionTable();
        List<String> heads = line.summary().heads();
        String pending = Count.of(line.missing(), "revision");
        if (table == null) {
            return "No agent has read the version table yet.";
        }
        if (line.position() == Position.NOT_SEEN) {
            return "%s; no agent has read its scripts yet.".formatted(at(table));
        }
        return switch (line.position()) {
            case NOT_SEEN, UNKNOWN_REVISION -> "%s; its scripts do not have %s.".formatted(at(table),
                    ListText.and(line.unknownRows(), NAMED));
            case AT_HEAD -> heads.isEmpty()
                    ? "%s; its scripts have no revision.".formatted(at(table))
                    : heads.size() == 1
                            ? "%s, the head of its scripts.".formatted(at(table))
                            : "%s, all heads of its scripts.".formatted(at(table));
            case BEHIND -> "%s, %s behind %s.".formatted(at(table), pending, heads.size() == 1
                    ? "the head " + heads.getFirst()
                    : "the heads " + ListText.and(heads, NAMED));
            case FORKED -> "%s, one of %d heads; %s of its scripts %s not applied.".formatted(at(table), heads.size(),
                    pending, line.missing() == 1 ? "is" : "are");
        };
    }

    private static String at(VersionTable table) {
        return switch (table.state()) {
            case MISSING -> "The version table %s does not exist".formatted(table.name());
            case EMPTY -> "The version table %s is empty".formatted(table.name());
            case PRESENT -> "The version table says " + ListText.and(table.rows().stream().distinct().toList(), NAMED);
        };
    }

    private static String schema(
            EnvironmentListItem line, List<Divergence> open, boolean schemaSeen, ToIntFunction<List<String>> behind) {
        if (!schemaSeen) {
            return "No agent has reported its schema.";
        }
        Divergence contradiction = first(open, DivergenceCode.SCHEMA_AHEAD_OF_STAMP,
                DivergenceCode.STAMPED_AHEAD_OF_SCHEMA);
        if (contradiction != null) {
            List<String> matches = contradiction.evidence().stream()
                    .filter(it -> it.what() == Exhibit.What.REVISION).map(Exhibit::value).distinct().toList();
            return matches.isEmpty()
                    ? "Its schema is that of the base: nothing ran."
                    : "Its schema is that of %s%s.".formatted(ListText.or(matches, NAMED),
                            contradiction.code() == DivergenceCode.STAMPED_AHEAD_OF_SCHEMA
                                    ? ", at least %s behind".formatted(Count.of(behind.applyAsInt(matches), "revision"))
                                    : "");
        }
        if (first(open, DivergenceCode.SCHEMA_HOLE) != null) {
            return "Its schema matches no point in the history.";
        }
        Divergence doubt = open.stream().filter(it -> isAboutTheSchema(it.code())).findFirst().orElse(null);
        if (doubt != null) {
            return "Its schema leaves doubts: %s.".formatted(doubt.code().code());
        }
        return line.position() == Position.NOT_SEEN || line.position() == Position.UNKNOWN_REVISION
                ? "Its schema was reported."
                : "Its schema agrees.";
    }

    private static boolean isAboutTheSchema(DivergenceCode code) {
        return code.area() == DivergenceCode.Area.SCHEMA || code == DivergenceCode.MERGE_SIBLING_SKIPPED
                || code == DivergenceCode.STAMPED_NOT_RUN || code == DivergenceCode.VERSION_TABLE_EMPTY
                || code == DivergenceCode.VERSION_TABLE_MISSING || code == DivergenceCode.SCHEMA_DIFFERS;
    }

    private static @Nullable Divergence first(List<Divergence> open, DivergenceCode... codes) {
        return open.stream().filter(it -> List.of(codes).contains(it.code())).findFirst().orElse(null);
    }
}
