package dev.migrationledger.ledger.evidence;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migrationledger.contracts.log.ExportLine;
import dev.migrationledger.contracts.wire.ContractJson;
import dev.migrationledger.core.checkpoint.NoteKey;
import dev.migrationledger.core.checkpoint.SignedNote;
import dev.migrationledger.core.export.ExportProblem.EventChanged;
import dev.migrationledger.core.export.ExportProblem.NotInLog;
import dev.migrationledger.core.export.ExportVerifier;
import dev.migrationledger.ledger.environment.EnvironmentCommands;
import dev.migrationledger.ledger.environment.SampleBatches;
import dev.migrationledger.ledger.platform.LedgerTest;
import dev.migrationledger.ledger.platform.TestClient;
import dev.migrationledger.ledger.recording.automation.Automations;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.JdbcTemplate;

/** Exports of the audit, verified as the agent does it: with the file alone, and the key that was written down before. */
@LedgerTest
class EvidenceExportTest {

    @Autowired
    EnvironmentCommands commands;

    @Autowired
    Automations automations;

    @Autowired
    JdbcTemplate jdbc;

    @Autowired
    TestClient ledger;

    private void record(String environment) {
        commands.record(SampleBatches.command(SampleBatches.events("navbot", environment, 1, 250)));
        automations.round();
    }

    private List<ExportLine> export(String query) throws Exception {
        return ledger.body("/api/v1/audit/export?format=ndjson&q=" + query).lines()
                .map(line -> ContractJson.read(line.getBytes(StandardCharsets.UTF_8), ExportLine.class)).toList();
    }

    private static ExportVerifier verify(List<ExportLine> lines) {
        ExportVerifier verifier = new ExportVerifier(Objects.requireNonNull(
                Objects.requireNonNull(lines.getLast().manifest()).log()));
        for (int i = 0; i < lines.size() - 1; i++) {
            verifier.add(i + 1, Objects.requireNonNull(lines.get(i).record()), lines.get(i).proof());
        }
        verifier.end();
        return verifier;
    }

    @Test
    void an_export_of_a_query_is_verified_and_signed_by_the_key_of_the_ledger() throws Exception {
        record("exported");
        List<ExportLine> lines = export("env:exported");

        ExportVerifier verifier = verify(lines);
        assertThat(verifier.problems()).isEmpty();
        assertThat(verifier.lines()).isGreaterThanOrEqualTo(250);
        NoteKey key = NoteKey.parse(ledger.body("/api/v1/log/key").strip());
        assertThat(SignedNote.parse(Objects.requireNonNull(
                Objects.requireNonNull(lines.getLast().manifest()).log()).checkpoint()).signedBy(key)).isTrue();
    }

    private long number(String query) {
        return Objects.requireNonNull(jdbc.queryForObject(query, Long.class));
    }

    @Test
    void an_event_that_a_superuser_changed_does_not_match_in_the_next_export() throws Exception {
        record("forged");
        long position = number("select max(global_index) from ledger.event where stream = 'navbot/forged'");
        jdbc.execute(
                """
                        begin; set local session_replication_role = replica;
                        update ledger.event set payload = convert_to(replace(convert_from(payload, 'UTF8'), 'r250', 'r249'), 'UTF8')
                        where global_index = %d; commit"""
                        .formatted(position));

        List<ExportLine> lines = export("env:forged");
        assertThat(verify(lines).problems()).containsExactly(new EventChanged(lines.size() - 1, position));
    }

    @Test
    void an_event_that_a_superuser_added_has_no_proof() throws Exception {
        long free = number("select nextval(pg_get_serial_sequence('ledger.event', 'global_index'))");
        record("added");
        jdbc.execute("""
                insert into ledger.event (global_index, event_identifier, stream, sequence_number, stream_type,
                payload_type, payload_revision, payload, metadata, time_stamp) overriding system value
                select %d, 'forged', stream, 9999, stream_type, payload_type, payload_revision, payload, metadata,
                time_stamp from ledger.event where stream = 'navbot/added' and sequence_number = 3""".formatted(free));
        // The audit followed the log before, so the forger adds an entry as well.
        jdbc.execute("""
                insert into ledger.audit_entry select (jsonb_populate_record(e, jsonb_build_object('position', %d))).*
                from ledger.audit_entry e where position = (select global_index from ledger.event
                where stream = 'navbot/added' and sequence_number = 3)""".formatted(free));

        assertThat(verify(export("env:added")).problems()).contains(new NotInLog(1, free));
    }
}
