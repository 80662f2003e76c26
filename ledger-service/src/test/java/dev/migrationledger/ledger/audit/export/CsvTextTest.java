package dev.migrationledger.ledger.audit.export;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migrationledger.contracts.audit.AuditActor;
import dev.migrationledger.contracts.audit.AuditEntry;
import dev.migrationledger.contracts.audit.AuditEvidence;
import dev.migrationledger.contracts.audit.AuditLink;
import dev.migrationledger.contracts.envelope.Occurrence;
import dev.migrationledger.contracts.envelope.RecordedEvent.Origin;
import dev.migrationledger.contracts.event.Evidence.Certainty;
import dev.migrationledger.contracts.event.Evidence.Method;
import dev.migrationledger.contracts.wire.ContractJson;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CsvTextTest {

    private static final Instant NOON = Instant.parse("2026-01-01T12:00:00.120Z");

    private static String cell(String text) {
        StringBuilder line = new StringBuilder();
        CsvText.cell(text, line);
        return line.toString();
    }

    @ParameterizedTest
    @ValueSource(strings = {"=1+1", "+1", "-1", "@SUM(A1)", "|x", "%0", "＝1", "＋1", "－1", "＠x", " =1", "\u00A0=1",
        "\u200B=1", "\uFEFF=1", "\u0001=1"})
    void a_cell_that_begins_like_a_formula_gets_an_apostrophe(String text) {
        assertThat(cell(text)).isEqualTo("'" + text);
    }

    @ParameterizedTest
    @ValueSource(strings = {"\t=1", "\r=1", "\n=1", "\tx"})
    void so_does_one_that_begins_with_a_tab_or_a_line_break(String text) {
        assertThat(cell(text)).startsWith("\"'" + text.charAt(0));
    }

    @Test
    void what_a_spreadsheet_may_take_for_the_next_cell_is_harmless_too() {
        assertThat(cell("a;=1")).isEqualTo("\"a;'=1\"");
        assertThat(cell("a; \u00A0-1")).isEqualTo("\"a;' \u00A0-1\"");
        assertThat(cell("a\n=1\r\n@b\tc\t+d")).isEqualTo("\"a\n'=1\r\n'@b\tc\t'+d\"");
        assertThat(cell("a,=1")).as("quotes hold a comma").isEqualTo("\"a,=1\"");
    }

    @Test
    void other_text_stays_as_it_is() {
        for (String text : List.of("", "a", "a=b", "2026-01-01", "x|y", "ü 😀", "'", "a b")) {
            assertThat(cell(text)).isEqualTo(text);
        }
        assertThat(cell("SELECT 1;\nSELECT 2;\r\n")).isEqualTo("\"SELECT 1;\nSELECT 2;\r\n\"");
    }

    @Test
    void quotes_are_doubled() {
        assertThat(cell("say \"x\"")).isEqualTo("\"say \"\"x\"\"\"");
        assertThat(cell("\"=1\"")).isEqualTo("\"\"\"=1\"\"\"");
    }

    @Test
    void an_entry_is_a_line_with_a_cell_for_each_column() {
        AuditEntry entry = new AuditEntry(7, new UUID(1, 2), "revision-stamped", "navbot", "production",
                Map.of("tier", "prod", "area", "eu"),
                new AuditActor(AuditActor.Kind.DATABASE_USER, "ada", "ada via psql", "grace@laptop", "claude-code"),
                "Stamped \"b\".\u2028", List.of("b", "a"),
                new AuditEvidence(Method.TRIGGER, Certainty.CERTAIN, "UPDATE\tx", List.of("altered x", "created y"), 3),
                new UUID(3, 4), Occurrence.between(NOON.minusSeconds(5), NOON), NOON.plusSeconds(1),
                new Origin("a1", new UUID(5, 6), 9, NOON),
                List.of(new AuditLink(AuditLink.Kind.RUN, "/audit?q=run:x")));

        assertThat(CsvText.header())
                .isEqualTo("position,occurred_at,occurred_precision,recorded_at,project,environment,"
                        + "labels,kind,actor_kind,actor,session,run_claims,ai,text,revisions,evidence,certainty,statement,"
                        + "objects,run,agent,event\r\n");
        CsvEntries entries = new CsvEntries();
        assertThat(entries.line(ContractJson.write(entry))).isEqualTo(
                "7,2026-01-01T12:00:00.120Z,between,2026-01-01T12:00:01.120Z,navbot,production,"
                        + "\"area=eu; tier=prod\",revision-stamped,database-user,ada,ada via psql,grace@laptop,claude-code,"
                        + "\"Stamped \"\"b\"\".\u2028\",b a,trigger,certain,\"UPDATE\tx\",\"altered x; created y\","
                        + "00000000-0000-0003-0000-000000000004,a1,00000000-0000-0001-0000-000000000002\r\n");

        AuditEntry small = new AuditEntry(8, new UUID(1, 2), "role-granted", null, null, Map.of(),
                new AuditActor(AuditActor.Kind.LEDGER, "ledger", null, null, null), "x", List.of(), null, null,
                Occurrence.exactly(NOON), NOON, null, List.of());
        assertThat(entries.line(ContractJson.write(small))).as("nothing stays of the line before").isEqualTo(
                "8,2026-01-01T12:00:00.120Z,exact,2026-01-01T12:00:00.120Z,,,,role-granted,ledger,ledger,,,,x,,,,,,,,"
                        + "00000000-0000-0001-0000-000000000002\r\n");
    }

    @Test
    void the_manifest_is_json_whatever_its_query_is() {
        record Asked(String query) {}
        String json = new String(ContractJson.write(new Asked("a;=1")), StandardCharsets.UTF_8);
        String line = CsvText.manifest(json);

        assertThat(line).startsWith(",,,,,,,export-manifest,,,,,,\"{").endsWith("}\",,,,,,,,\r\n");
        String cell = line.substring(line.indexOf("\"{") + 1, line.lastIndexOf("}\"") + 1).replace("\"\"", "\"");
        assertThat(ContractJson.read(cell.getBytes(StandardCharsets.UTF_8), Asked.class))
                .isEqualTo(new Asked("a;=1"));
    }
}
