package dev.migrationledger.ledger.audit.export;

import dev.migrationledger.contracts.audit.AuditActor;
import dev.migrationledger.contracts.audit.AuditEntry;
import dev.migrationledger.contracts.audit.AuditEvidence;
import dev.migrationledger.core.audit.AuditKeys;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Lines of CSV (RFC 4180). A cell that a spreadsheet would take for a formula gets an apostrophe in front of it: texts of scripts and sessions come from
 * anywhere.
 */
final class CsvText {

    static final List<String> COLUMNS = List.of("position", "occurred_at", "occurred_precision", "recorded_at",
            "project", "environment", "labels", "kind", "actor_kind", "actor", "session", "run_claims", "ai", "text",
            "revisions", "evidence", "certainty", "statement", "objects", "run", "agent", "event");

    /** Of the line that is no entry. */
    static final String MANIFEST = "export-manifest";

    /** Also their wide forms, which some spreadsheets take for the same. */
    private static final String FORMULA = "=+-@\t\r\n\uFF1D\uFF0B\uFF0D\uFF20|%";

    private CsvText() {}

    static String header() {
        return String.join(",", COLUMNS) + "\r\n";
    }

    static String line(AuditEntry entry) {
        AuditActor actor = entry.actor();
        AuditEvidence evidence = entry.evidence();
        return line(List.of(Long.toString(entry.position()), entry.occurredAt().at().toString(),
                AuditKeys.word(entry.occurredAt().precision()), entry.recordedAt().toString(), text(entry.project()),
                text(entry.environment()), labels(entry.labels()), entry.kind(), AuditKeys.word(actor.kind()),
                actor.name(), text(actor.session()), text(actor.claimed()), text(actor.ai()), entry.text(),
                String.join(" ", entry.revisions()), evidence == null ? "" : AuditKeys.word(evidence.method()),
                evidence == null ? "" : AuditKeys.word(evidence.certainty()),
                evidence == null ? "" : text(evidence.statement()),
                evidence == null ? "" : String.join("; ", evidence.objects()),
                entry.run() == null ? "" : entry.run().toString(),
                entry.origin() == null ? "" : entry.origin().agent(), entry.event().toString()));
    }

    /** The last line: it has as many cells as the others, its kind is {@link #MANIFEST}, and its text is the manifest as JSON. */
    static String manifest(String json) {
        return line(COLUMNS.stream().map(column -> switch (column) {
            case "kind" -> MANIFEST;
            case "text" -> json;
            default -> "";
        }).toList());
    }

    static String line(List<String> cells) {
        return cells.stream().map(CsvText::cell).collect(Collectors.joining(",")) + "\r\n";
    }

    static String cell(String text) {
        String safe = isFormula(text) ? "'" + text : text;
        return safe.chars().anyMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r')
                ? '"' + safe.replace("\"", "\"\"") + '"'
                : safe;
    }

    /** Whether it begins like a formula, also after blanks, which spreadsheets remove. */
    private static boolean isFormula(String text) {
        String stripped = text.stripLeading();
        return !text.isEmpty() && (FORMULA.indexOf(text.charAt(0)) >= 0
                || (!stripped.isEmpty() && FORMULA.indexOf(stripped.charAt(0)) >= 0));
    }

    private static String labels(Map<String, String> labels) {
        return new TreeMap<>(labels).entrySet().stream().map(label -> label.getKey() + "=" + label.getValue())
                .collect(Collectors.joining("; "));
    }

    private static String text(@Nullable String text) {
        return text == null ? "" : text;
    }
}
