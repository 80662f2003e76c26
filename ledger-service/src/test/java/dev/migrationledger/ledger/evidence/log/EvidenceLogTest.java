package dev.migrationledger.ledger.evidence.log;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migrationledger.contracts.log.ConsistencyProof;
import dev.migrationledger.contracts.log.InclusionProof;
import dev.migrationledger.contracts.log.LeafProof;
import dev.migrationledger.contracts.log.LogCheckpoint;
import dev.migrationledger.contracts.log.LogHash;
import dev.migrationledger.contracts.log.LogRecord;
import dev.migrationledger.contracts.log.SignatureRecord;
import dev.migrationledger.core.checkpoint.Checkpoint;
import dev.migrationledger.core.checkpoint.NoteKey;
import dev.migrationledger.core.checkpoint.SignedNote;
import dev.migrationledger.core.export.ExportVerifier;
import dev.migrationledger.core.merkle.CompactRange;
import dev.migrationledger.core.merkle.MerkleProofs;
import dev.migrationledger.ledger.environment.EnvironmentCommands;
import dev.migrationledger.ledger.environment.SampleBatches;
import dev.migrationledger.ledger.evidence.log.StoredRecords.StoredLeaf;
import dev.migrationledger.ledger.platform.LedgerTest;
import dev.migrationledger.ledger.platform.TestClient;
import dev.migrationledger.ledger.recording.automation.Automations;
import dev.migrationledger.ledger.recording.stream.StreamId;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

@LedgerTest
class EvidenceLogTest {

    @Autowired
    EnvironmentCommands commands;

    @Autowired
    LogAppender appender;

    @Autowired
    EvidenceLog log;

    @Autowired
    Checkpoints checkpoints;

    @Autowired
    StoredRecords records;

    @Autowired
    Automations automations;

    @Autowired
    JdbcClient database;

    @Autowired
    TestClient ledger;

    private void record(String environment, long first, long last) {
        for (long from = first; from <= last; from += 500) {
            commands.record(SampleBatches.command(
                    SampleBatches.events("navbot", environment, from, Math.min(last, from + 499))));
        }
    }

    private void sign(String environment, long sequence) {
        database.sql(
                """
                        insert into ledger.batch_signature (key, project, environment, agent, epoch, first_sequence, last_sequence,
                        digest, signature, received_at) values ('aa', 'navbot', ?, 'watcher', ?, ?, ?, 'bb', 'Y2M=', now())
                        """)
                .params(environment, new UUID(0, 1), sequence, sequence).update();
    }

    private List<StoredLeaf> leaves() {
        return records.leaves(0, Integer.MAX_VALUE);
    }

    /** As an export reads them. */
    private List<LogRecord> stored(long after, long to) {
        return database.sql("select " + StoredRecords.EVENT_COLUMNS
                + " from ledger.event where global_index > ? and global_index <= ? order by global_index")
                .params(after, to).query(StoredRecords::event).list();
    }

    private LogHash root(long size) {
        CompactRange range = new CompactRange();
        leaves().stream().limit(size).forEach(leaf -> range.append(leaf.hash()));
        return range.root();
    }

    private NoteKey key() throws IOException, InterruptedException {
        return NoteKey.parse(ledger.body("/api/v1/log/key").strip());
    }

    @Test
    void a_log_that_grew_is_signed_once_a_day() {
        record("daily", 1, 10);
        LogCheckpoint before = log.checkpoint();
        record("daily", 11, 20);
        appender.append(Integer.MAX_VALUE);
        DailyCheckpoint now = new DailyCheckpoint(log, checkpoints, Clock.systemUTC());
        DailyCheckpoint tomorrow = new DailyCheckpoint(log, checkpoints,
                Clock.offset(Clock.systemUTC(), Duration.ofHours(25)));

        assertThat(now.due()).isEmpty();
        assertThat(tomorrow.due()).hasSize(1);
        tomorrow.run(new StreamId.Organisation());
        assertThat(checkpoints.latest().orElseThrow()).satisfies(signed -> {
            assertThat(signed.number()).isEqualTo(before.number() + 1);
            assertThat(signed.size()).isEqualTo(log.size());
        });
        assertThat(new DailyCheckpoint(log, checkpoints, Clock.offset(Clock.systemUTC(), Duration.ofHours(50))).due())
                .as("it did not grow").isEmpty();
    }

    @Test
    void each_event_and_each_signature_becomes_one_leaf_in_order() {
        record("ordered", 1, 700);
        sign("ordered", 700);
        appender.append(Integer.MAX_VALUE);
        record("ordered", 701, 1_500);
        sign("ordered", 1_500);
        automations.round();

        List<StoredLeaf> leaves = leaves();
        assertThat(leaves).extracting(StoredLeaf::leaf).startsWith(0L, 1L, 2L);
        assertThat(leaves.stream().map(StoredLeaf::event).filter(Objects::nonNull).toList())
                .isEqualTo(database.sql("select global_index from ledger.event order by 1").query(Long.class).list());
        assertThat(leaves.stream().map(StoredLeaf::signature).filter(Objects::nonNull).toList())
                .isEqualTo(database.sql("select id from ledger.batch_signature order by 1").query(Long.class).list());
        assertThat(leaves).allSatisfy(
                leaf -> assertThat(LogHash.leaf(String.valueOf(leaf.text()))).isEqualTo(leaf.hash()));
        assertThat(LogHead.read(database).range().root()).isEqualTo(root(leaves.size()));
        assertThat(appender.due()).isEmpty();
    }

    @Test
    void several_ledgers_that_append_at_once_make_one_log() throws Exception {
        record("several", 1, 3_000);
        try (ExecutorService threads = Executors.newFixedThreadPool(3)) {
            List<Future<?>> running = new ArrayList<>();
            for (int i = 0; i < 3; i++) {
                running.add(threads.submit(() -> appender.append(Integer.MAX_VALUE)));
            }
            for (Future<?> one : running) {
                one.get();
            }
        }

        assertThat(leaves()).extracting(StoredLeaf::leaf).doesNotHaveDuplicates();
        assertThat(leaves().size()).isEqualTo((int) log.size());
    }

    @Test
    void a_checkpoint_is_signed_and_every_proof_leads_to_it() throws Exception {
        record("proved", 1, 900);
        LogCheckpoint first = log.checkpoint();
        record("proved", 901, 1_300);
        LogCheckpoint second = TestClient.read(ledger.post("/api/v1/log/checkpoints", new byte[0]),
                LogCheckpoint.class);

        assertThat(log.checkpoint()).as("nothing was recorded since").isEqualTo(second);
        assertThat(ledger.body("/api/v1/log/checkpoint")).isEqualTo(second.note());
        SignedNote note = SignedNote.parse(second.note());
        assertThat(note.signedBy(key())).isTrue();
        assertThat(Checkpoint.parse(note.text()))
                .isEqualTo(new Checkpoint(key().name(), second.size(), root(second.size())));

        for (StoredLeaf leaf : leaves()) {
            if (leaf.event() != null && leaf.leaf() % 37 == 0) {
                InclusionProof proof = ledger.read("/api/v1/log/proof/inclusion?position=" + leaf.event(),
                        InclusionProof.class);
                assertThat(MerkleProofs.includes(LogHash.leaf(String.valueOf(leaf.text())), proof.leaf(),
                        second.size(), LogHash.parse(second.root()), hashes(proof.proof()))).isTrue();
            }
        }
        ConsistencyProof grown = ledger.read("/api/v1/log/proof/consistency?first=" + first.size(),
                ConsistencyProof.class);
        assertThat(MerkleProofs.extend(first.size(), LogHash.parse(first.root()), second.size(),
                LogHash.parse(second.root()), hashes(grown.proof()))).isTrue();
    }

    private static List<LogHash> hashes(List<String> base64) {
        return base64.stream().map(LogHash::parse).toList();
    }

    @Test
    void what_cannot_be_proved_is_refused_with_what_to_do() throws Exception {
        record("refused", 1, 3);
        LogCheckpoint checkpoint = log.checkpoint();

        assertThat(ledger.problem("/api/v1/log/proof/inclusion?position=999999999", 404).detail())
                .contains("no event at position 999999999");
        assertThat(ledger.problem("/api/v1/log/proof/inclusion?position=1&size=999999999", 422).detail())
                .contains("'999999999' is not a size of the log");
        assertThat(ledger.problem("/api/v1/log/proof/consistency?first=" + (checkpoint.size() + 1), 422).detail())
                .contains("is not a size from 0 to " + checkpoint.size());
        assertThat(ledger.status("/api/v1/log/tile/0/x001/000")).isEqualTo(404);
        assertThat(ledger.status("/api/v1/log/tile/70/000")).isEqualTo(404);
        assertThat(ledger.status("/api/v1/log/tile")).isEqualTo(404);
    }

    @Test
    void exports_of_all_and_of_some_events_are_verified_by_their_proofs() {
        record("exported", 1, 1_200);
        sign("exported", 1_200);
        for (int step : List.of(1, 7, 400)) {
            ExportProofs proofs = log.export();
            List<LogRecord> lines = stored(0, proofs.lastPosition()).stream()
                    .filter(record -> record.position() % step == 0).toList();
            List<Optional<LeafProof>> proved = new ArrayList<>();
            for (int from = 0; from < lines.size(); from += 300) {
                proved.addAll(proofs.next(lines.subList(from, Math.min(lines.size(), from + 300))));
            }
            ExportVerifier verifier = new ExportVerifier(proofs.end());
            for (int i = 0; i < lines.size(); i++) {
                verifier.add(i + 1, lines.get(i), proved.get(i).orElseThrow());
            }
            verifier.end();
            assertThat(verifier.problems()).isEmpty();
            assertThat(verifier.lines()).isEqualTo(lines.size());
        }
    }

    @Test
    void an_event_after_the_checkpoint_has_no_proof_in_an_export() {
        record("late", 1, 2);
        ExportProofs proofs = log.export();
        record("late", 3, 3);
        appender.append(Integer.MAX_VALUE);

        assertThat(proofs.next(stored(proofs.lastPosition(), Long.MAX_VALUE)))
                .isNotEmpty().allSatisfy(proof -> assertThat(proof).isEmpty());
    }

    @Test
    void a_log_of_many_leaves_has_stored_subtrees_that_are_right() {
        int leaves = 70_000;
        database.sql(
                """
                        insert into ledger.batch_signature (key, project, environment, agent, epoch, first_sequence, last_sequence,
                        digest, signature, received_at)
                        select 'aa', 'navbot', 'many', 'watcher', gen_random_uuid(), i, i, 'bb', 'Y2M=', now()
                        from generate_series(1, ?) i
                        """)
                .param(leaves).update();
        appender.append(Integer.MAX_VALUE);
        long size = log.size();

        List<StoredLeaf> all = leaves();
        LogHash root = root(size);
        assertThat(size).isGreaterThan(65_536);
        assertThat(MerkleProofs.root(size, new StoredTree(database))).isEqualTo(root);
        assertThat(database.sql("select count(*) from ledger.log_subtree where level = 16").query(Long.class).single())
                .isEqualTo(size >> 16);
        for (long leaf = 3; leaf < size; leaf += 9_973) {
            assertThat(MerkleProofs.includes(all.get((int) leaf).hash(), leaf, size, root,
                    MerkleProofs.inclusion(leaf, size, new StoredTree(database)))).isTrue();
        }
    }

    @Test
    void a_signature_row_is_read_as_it_is_stored() {
        sign("as-stored", 4);

        SignatureRecord read = records.signatures(0, Long.MAX_VALUE, Integer.MAX_VALUE).getLast();

        assertThat(read.environment()).isEqualTo("as-stored");
        assertThat(read.receivedAt()).isBetween(Instant.now().minusSeconds(60), Instant.now().plusSeconds(60));
        assertThat(read.canonicalText().lines()).hasSize(12);
    }
}
