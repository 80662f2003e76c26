package dev.migrationledger.ledger.evidence.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.migrationledger.contracts.log.ConsistencyProof;
import dev.migrationledger.contracts.log.LogCheckpoint;
import dev.migrationledger.contracts.log.LogHash;
import dev.migrationledger.contracts.log.Tampering.Kind;
import dev.migrationledger.contracts.log.Tampering;
import dev.migrationledger.contracts.text.Sha256;
import dev.migrationledger.core.merkle.CompactRange;
import dev.migrationledger.core.merkle.MerkleProofs;
import dev.migrationledger.ledger.environment.EnvironmentCommands;
import dev.migrationledger.ledger.environment.SampleBatches;
import dev.migrationledger.ledger.evidence.log.Checkpoints.LogContradiction;
import dev.migrationledger.ledger.evidence.log.EvidenceLog;
import dev.migrationledger.ledger.evidence.log.StoredRecords;
import dev.migrationledger.ledger.platform.LedgerTest;
import dev.migrationledger.ledger.platform.TestClient;
import dev.migrationledger.ledger.recording.store.EventLog;
import dev.migrationledger.ledger.recording.stream.StreamId;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.health.contributor.Status;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.JdbcTemplate;

/** A superuser changes rows with triggers switched off. Each test undoes its change, and the next round has to notice that, too. */
@LedgerTest
class EvidenceCheckTest {

    private static final List<String> TABLES = List.of("event", "batch_signature", "log_leaf", "log_subtree",
            "log_head", "checkpoint");

    @Autowired
    EnvironmentCommands commands;

    @Autowired
    EvidenceLog log;

    @Autowired
    EvidenceCheck check;

    @Autowired
    Tamperings tamperings;

    @Autowired
    EvidenceHealth health;

    @Autowired
    EventLog events;

    @Autowired
    JdbcTemplate jdbc;

    @Autowired
    StoredRecords records;

    @Autowired
    TestClient ledger;

    private long first;

    @BeforeEach
    void record() {
        if (recorded("tampered").isEmpty()) {
            record("tampered", 1, 700);
            sign(3);
            // A transaction that was taken back leaves a hole among the positions.
            jdbc.queryForObject("select nextval(pg_get_serial_sequence('ledger.event', 'global_index'))", Long.class);
            record("tampered", 701, 1_000);
            log.checkpoint();
            record("tampered", 1_001, 1_100);
        }
        first = recorded("tampered").getFirst();
        log.checkpoint();
        jdbc.execute("create schema if not exists kept");
        TABLES.forEach(table -> {
            jdbc.execute("drop table if exists kept." + table);
            jdbc.execute("create table kept.%1$s as select * from ledger.%1$s".formatted(table));
        });
        check.round();
        assertThat(open()).isEmpty();
    }

    /** What was there before the test. */
    @AfterEach
    void repair() {
        superuser("delete from ledger.event where stream <> '//evidence' or global_index < 1",
                "insert into ledger.event overriding system value"
                        + " select * from kept.event k where not exists (select from ledger.event e"
                        + " where e.global_index = k.global_index)",
                "delete from ledger.batch_signature",
                "insert into ledger.batch_signature overriding system value select * from kept.batch_signature",
                "delete from ledger.log_leaf", "insert into ledger.log_leaf select * from kept.log_leaf",
                "delete from ledger.log_subtree", "insert into ledger.log_subtree select * from kept.log_subtree",
                "delete from ledger.log_head", "insert into ledger.log_head select * from kept.log_head",
                "delete from ledger.checkpoint", "insert into ledger.checkpoint select * from kept.checkpoint");
        check.round();
        assertThat(open()).as("repaired").isEmpty();
        assertThat(health.health().getStatus()).isEqualTo(Status.UP);
        log.checkpoint();
        check.round();
        assertThat(open()).as("goes on").isEmpty();
    }

    private void record(String environment, long from, long to) {
        for (long sequence = from; sequence <= to; sequence += 100) {
            commands.record(
                    SampleBatches.command(SampleBatches.events("navbot", environment, sequence, sequence + 99)));
        }
    }

    private void sign(long sequence) {
        jdbc.update(
                """
                        insert into ledger.batch_signature (key, project, environment, agent, epoch, first_sequence, last_sequence,
                        digest, signature, received_at) values ('aa', 'navbot', 'tampered', 'watcher', ?, ?, ?, 'bb', 'Y2M=', now())
                        """,
                UUID.randomUUID(), sequence, sequence);
    }

    private List<Long> recorded(String environment) {
        return jdbc.query("select global_index from ledger.event where stream = ? order by 1",
                (row, _) -> row.getLong(1),
                "navbot/" + environment);
    }

    private void superuser(String... statements) {
        jdbc.execute("begin; set local session_replication_role = replica; " + String.join("; ", statements)
                + "; commit");
    }

    private List<Tampering> open() {
        return tamperings.open().stream().map(Tamperings.Open::tampering).toList();
    }

    private void finds(Kind kind, long first, long last, String... stream) {
        check.round();
        assertThat(open()).contains(new Tampering(kind, first, last, stream.length == 0 ? null : stream[0]));
    }

    private void findsOnly(Kind kind, long number, String... stream) {
        finds(kind, number, number, stream);
        assertThat(open()).hasSize(1);
    }

    private static String hex(LogHash hash) {
        return HexFormat.of().formatHex(hash.bytes());
    }

    private long leaf(long position) {
        return one(Long.class, "select leaf from ledger.log_leaf where event = ?", position);
    }

    @Test
    void rows_cannot_be_changed_without_switching_triggers_off() {
        for (String table : List.of("log_leaf", "checkpoint", "batch_signature", "event")) {
            assertThatThrownBy(() -> jdbc.update("delete from ledger." + table)).as(table)
                    .isInstanceOf(DataAccessException.class);
        }
    }

    private <T> T one(Class<T> type, String query, Object... parameters) {
        return Objects.requireNonNull(jdbc.queryForObject(query, type, parameters));
    }

    @Test
    void a_changed_payload_is_found_with_its_position_and_its_stream() throws Exception {
        superuser("update ledger.event set payload = payload || convert_to(' ',"
                + " 'UTF8') where global_index = " + (first + 8));

        findsOnly(Kind.EVENT_CHANGED, first + 8, "navbot/tampered");
        assertThat(health.health().getStatus()).isEqualTo(Status.DOWN);
        assertThat(health.health().getDetails().toString()).contains("position " + (first + 8));
        assertThat(ledger.body("/")).contains("changed the ledger&#39;s database", "in 1 place.");
        repair();
        assertThat(ledger.body("/")).doesNotContain("changed the ledger");
    }

    @Test
    void what_is_found_is_recorded_once_and_its_repair_once() {
        superuser("update ledger.event set payload = '{}' where global_index = " + (first + 8));
        check.round();
        long found = events.of(new StreamId.Evidence()).count();
        check.round();
        assertThat(events.of(new StreamId.Evidence()).count()).isEqualTo(found);
        repair();
        assertThat(events.of(new StreamId.Evidence()).count()).isEqualTo(found + 1);
    }

    @Test
    void changed_metadata_is_found() {
        superuser("update ledger.event set metadata = convert_to(replace(convert_from(metadata, 'UTF8'), 'watcher',"
                + " 'another'), 'UTF8') where global_index = " + (first + 9));

        findsOnly(Kind.EVENT_CHANGED, first + 9, "navbot/tampered");
    }

    @Test
    void every_other_column_of_an_event_is_covered() {
        for (String change : List.of("event_identifier = 'another'", "stream = 'navbot/elsewhere'",
                "sequence_number = 77777", "payload_type = 'agent.other'", "payload_revision = '2'",
                "time_stamp = '2020-01-01T00:00:00Z'", "payload = '\\xff'", "metadata = null")) {
            superuser("update ledger.event set " + change + " where global_index = " + (first + 10));
            check.round();
            assertThat(open()).as(change).extracting(Tampering::kind, Tampering::first)
                    .containsExactly(tuple(Kind.EVENT_CHANGED, first + 10));
            repairRow(first + 10);
        }
    }

    private void repairRow(long position) {
        superuser("delete from ledger.event where global_index = " + position,
                "insert into ledger.event overriding system value select * from kept.event where global_index = "
                        + position);
        check.round();
        assertThat(open()).isEmpty();
    }

    @Test
    void a_deleted_row_is_found() {
        superuser("delete from ledger.event where global_index between %d and %d".formatted(first + 20, first + 24));

        finds(Kind.EVENT_MISSING, first + 20, first + 24);
        assertThat(open()).hasSize(1);
    }

    @Test
    void a_row_at_a_free_position_is_found() {
        long free = one(Long.class, """
                select min(global_index) + 1 from ledger.event e
                where not exists (select from ledger.event o where o.global_index = e.global_index + 1)
                """);
        insertCopy(free);
        findsOnly(Kind.EVENT_ADDED, free, "navbot/forged");
    }

    @Test
    void a_row_before_the_first_position_is_found() {
        insertCopy(-5);

        findsOnly(Kind.EVENT_ADDED, -5, "navbot/forged");
    }

    private void insertCopy(long position) {
        superuser("""
                insert into ledger.event (global_index, event_identifier, stream, sequence_number, stream_type,
                payload_type, payload_revision, payload, metadata, time_stamp) overriding system value
                select %d, 'forged', 'navbot/forged', 0, stream_type, payload_type, payload_revision, payload,
                metadata, time_stamp from ledger.event where global_index = %d""".formatted(position, first));
    }

    @Test
    void swapped_rows_are_found() {
        superuser("""
                update ledger.event e set payload = o.payload, metadata = o.metadata from ledger.event o
                where e.global_index in (%1$d, %2$d) and o.global_index in (%1$d, %2$d)
                and o.global_index <> e.global_index""".formatted(first + 30, first + 40));

        check.round();
        assertThat(open()).containsExactlyInAnyOrder(
                new Tampering(Kind.EVENT_CHANGED, first + 30, first + 30, "navbot/tampered"),
                new Tampering(Kind.EVENT_CHANGED, first + 40, first + 40, "navbot/tampered"));
    }

    @Test
    void events_cut_off_at_the_end_are_found() {
        long last = recorded("tampered").getLast();
        superuser("delete from ledger.event where global_index > " + (last - 3) + " and global_index <= " + last);

        finds(Kind.EVENT_MISSING, last - 2, last);
    }

    @Test
    void a_log_cut_off_along_with_its_events_and_its_head_is_found_by_the_checkpoint() {
        long size = log.size();
        long last = recorded("tampered").getLast() - 50;
        superuser("delete from ledger.event where global_index > %d and stream <> '//evidence'".formatted(last),
                "delete from ledger.log_leaf where leaf > " + leaf(last), "delete from ledger.log_subtree",
                "update ledger.log_head set size = %d, events_to = %d, hashes = '%s'".formatted(leaf(last) + 1, last,
                        "\\x" + "00".repeat(32 * Long.bitCount(leaf(last) + 1))));

        check.round();
        assertThat(open()).extracting(Tampering::kind).contains(Kind.LEAVES_MISSING);
        assertThat(open()).contains(new Tampering(Kind.LEAVES_MISSING, leaf(last) + 1, size - 1, null));
    }

    @Test
    void a_leaf_that_was_changed_along_with_its_event_is_found_by_the_stored_hash_above_it() {
        forge(first + 5);

        check.round();
        assertThat(open()).extracting(Tampering::kind).containsOnly(Kind.LEAVES_CHANGED);
        assertThat(open().getFirst().first()).isLessThanOrEqualTo(leaf(first + 5));
        assertThat(open().getFirst().last()).isGreaterThanOrEqualTo(leaf(first + 5)).isLessThan(leaf(first + 5) + 256);
    }

    /** Changes an event, and its leaf as well. */
    private void forge(long position) {
        superuser("update ledger.event set payload = '{\"forged\": true}' where global_index = " + position);
        String text = records.leaves(leaf(position), leaf(position) + 1).getFirst().text();
        superuser("update ledger.log_leaf set hash = '\\x%s' where leaf = %d".formatted(
                hex(LogHash.leaf(String.valueOf(text))), leaf(position)));
    }

    @Test
    void a_forger_who_changes_the_whole_log_is_found_by_a_signed_checkpoint() {
        forge(first + 5);
        CompactRange range = new CompactRange();
        List<String> subtrees = new ArrayList<>(List.of("delete from ledger.log_subtree"));
        records.leaves(0, log.size()).forEach(leaf -> range.append(0, leaf.hash(), (subtree, hash) -> {
            if (subtree.level() == 8) {
                subtrees.add("insert into ledger.log_subtree values (8, %d, '\\x%s')".formatted(subtree.index(),
                        hex(hash)));
            }
        }));
        superuser(subtrees.toArray(String[]::new));

        check.round();
        assertThat(open()).extracting(Tampering::kind).contains(Kind.LEAVES_CHANGED);
        record("later", 1, 100);
        assertThatThrownBy(log::checkpoint).isInstanceOf(LogContradiction.class);
    }

    @Test
    void a_changed_signature_a_deleted_one_and_an_added_one_are_found() {
        long id = one(Long.class, "select min(id) from ledger.batch_signature");
        superuser("update ledger.batch_signature set digest = 'other' where id = " + id);
        findsOnly(Kind.SIGNATURE_CHANGED, id, "navbot/tampered");

        superuser("delete from ledger.batch_signature where id = " + id);
        findsOnly(Kind.SIGNATURE_MISSING, id);

        superuser("""
                insert into ledger.batch_signature (id, key, project, environment, agent, epoch, first_sequence,
                last_sequence, digest, signature, received_at) overriding system value
                values (-1, 'aa', 'navbot', 'forged', 'watcher', gen_random_uuid(), 1, 1, 'bb', 'Y2M=', now())""");
        finds(Kind.SIGNATURE_ADDED, -1, -1, "navbot/forged");
    }

    @Test
    void a_changed_checkpoint_and_a_deleted_one_are_found() {
        long number = one(Long.class, "select min(number) from ledger.checkpoint");
        superuser("update ledger.checkpoint set note = replace(note, 'migration-ledger/', 'another-ledger/')"
                + " where number = " + number);
        findsOnly(Kind.CHECKPOINT_CHANGED, number);

        superuser("update ledger.checkpoint set size = size + 1 where number = " + number);
        findsOnly(Kind.CHECKPOINT_CHANGED, number);

        superuser("delete from ledger.checkpoint where number = " + number);
        findsOnly(Kind.CHECKPOINT_MISSING, number);
    }

    @Test
    void a_changed_head_is_found() {
        superuser("update ledger.log_head set hashes = overlay(hashes placing '\\x00' from 1)");

        check.round();
        assertThat(open()).extracting(Tampering::kind).containsExactly(Kind.HEAD_CHANGED);
    }

    @Test
    void withdrawn_content_is_no_tampering() {
        byte[] payload = one(byte[].class, "select payload from ledger.event where global_index = ?", first + 50);
        superuser(
                """
                        update ledger.event set payload_type = 'ledger.content-withdrawn', payload_revision = '1', payload =
                        convert_to('{"type":"ledger.content-withdrawn.v1","withdrawnType":"agent.head-detected.v1","digest":"%s",\
                        "bytes":10,"reason":"a secret","withdrawnAt":"2026-11-30T08:00:00Z"}', 'UTF8') where global_index = %d"""
                        .formatted(Sha256.hex(payload), first + 50));

        check.round();
        assertThat(open()).isEmpty();
    }

    @Test
    void a_new_checkpoint_follows_the_ones_before() {
        LogCheckpoint before = log.checkpoint();
        record("more", 1, 100);
        LogCheckpoint after = log.checkpoint();

        assertThat(after.number()).isEqualTo(before.number() + 1);
        assertThat(after.size()).isGreaterThan(before.size());
        superuser("delete from kept.event", "insert into kept.event select * from ledger.event");
        for (String table : List.of("log_leaf", "log_subtree", "log_head", "checkpoint")) {
            superuser("delete from kept." + table, "insert into kept.%1$s select * from ledger.%1$s".formatted(table));
        }
    }

    /** The database alone does not show it: only who kept the checkpoint can. */
    @Test
    void what_was_cut_off_with_its_checkpoints_does_not_extend_a_kept_checkpoint() {
        record("cut", 1, 100);
        LogCheckpoint kept = log.checkpoint();
        superuser("delete from ledger.event where stream = 'navbot/cut'",
                "delete from ledger.log_leaf where leaf >= (select size from kept.log_head)",
                "delete from ledger.log_subtree", "insert into ledger.log_subtree select * from kept.log_subtree",
                "delete from ledger.log_head", "insert into ledger.log_head select * from kept.log_head",
                "delete from ledger.checkpoint", "insert into ledger.checkpoint select * from kept.checkpoint");

        check.round();
        assertThat(open()).isEmpty();
        assertThat(log.size()).isLessThan(kept.size());
        record("instead", 1, 200);
        assertThat(extended(kept, log.checkpoint())).isFalse();
    }

    @Test
    void a_whole_new_log_that_the_key_of_the_ledger_signs_does_not_extend_a_kept_checkpoint() {
        LogCheckpoint kept = log.checkpoint();
        superuser("update ledger.event set payload = '{\"forged\": true}' where global_index = " + (first + 5),
                "delete from ledger.log_leaf", "delete from ledger.log_subtree", "delete from ledger.checkpoint",
                "update ledger.log_head set size = 0, hashes = '', events_to = 0, signatures_to = 0");
        LogCheckpoint forged = log.checkpoint();

        check.round();
        assertThat(open()).isEmpty();
        assertThat(forged.size()).isEqualTo(kept.size());
        assertThat(forged.root()).isNotEqualTo(kept.root());
        record("renewed", 1, 100);
        assertThat(extended(kept, log.checkpoint())).isFalse();
    }

    /** By the proof that the ledger gives, which it cannot forge. */
    private boolean extended(LogCheckpoint kept, LogCheckpoint latest) {
        ConsistencyProof proof = log.consistency(kept.size(), latest.size());
        return MerkleProofs.extend(kept.size(), LogHash.parse(kept.root()), latest.size(),
                LogHash.parse(latest.root()), proof.proof().stream().map(LogHash::parse).toList());
    }

    @Test
    void the_proof_of_a_log_that_only_grew_is_accepted() {
        LogCheckpoint kept = log.checkpoint();
        record("grown", 1, 100);
        assertThat(extended(kept, log.checkpoint())).isTrue();
    }

    @Test
    void a_check_is_due_again_later() {
        assertThat(check.due()).as("a round is complete").isEmpty();
        assertThat(tamperings.completedAt()).isNotNull();
    }
}
