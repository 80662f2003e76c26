package dev.migrationledger.core.export;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migrationledger.contracts.log.ExportProof;
import dev.migrationledger.contracts.log.LeafProof;
import dev.migrationledger.contracts.log.LogHash;
import dev.migrationledger.contracts.log.LogRecord;
import dev.migrationledger.contracts.text.Sha256;
import dev.migrationledger.core.checkpoint.Checkpoint;
import dev.migrationledger.core.export.ExportProblem.CountWrong;
import dev.migrationledger.core.export.ExportProblem.EventChanged;
import dev.migrationledger.core.export.ExportProblem.LinesChanged;
import dev.migrationledger.core.export.ExportProblem.LinesMissing;
import dev.migrationledger.core.export.ExportProblem.NotInLog;
import dev.migrationledger.core.export.ExportProblem.OutOfOrder;
import dev.migrationledger.core.export.ExportProblem.ProofWrong;
import dev.migrationledger.core.merkle.CompactRange;
import dev.migrationledger.core.merkle.Subtree;
import dev.migrationledger.core.merkle.SubtreeHashes;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ExportVerifierTest {

    private static final int LEAVES = 1_000;

    /** Positions have holes. */
    private static final List<LogRecord> RECORDS = IntStream.range(0, LEAVES)
            .mapToObj(i -> record(i * 3L, "{\"number\":" + i + "}")).toList();

    private static final Map<Subtree, LogHash> KNOWN = new ConcurrentHashMap<>();

    private static final SubtreeHashes TREE = subtree -> KNOWN.computeIfAbsent(subtree, ExportVerifierTest::hash);

    private record Line(LogRecord record, @Nullable LeafProof proof) {}

    private record Export(List<Line> lines, ExportProof end) {}

    private static LogRecord record(long position, String payload) {
        return LogRecord.of(position, "id" + position, "navbot/prod", position, "agent.head-detected", "1", "now",
                payload,
                "{}");
    }

    private static LogHash hash(Subtree subtree) {
        CompactRange range = new CompactRange();
        for (long leaf = subtree.begin(); leaf < subtree.end(); leaf++) {
            range.append(RECORDS.get((int) leaf).leafHash());
        }
        return range.root();
    }

    /** As the ledger makes it. */
    private static Export export(List<Integer> leaves) {
        List<Line> lines = new ArrayList<>();
        CompactRange range = new CompactRange();
        for (int leaf : leaves) {
            List<String> gap = gap(range, leaf);
            boolean own = lines.size() % LeafProof.SEGMENT == 0;
            LogRecord record = RECORDS.get(leaf);
            lines.add(new Line(record, new LeafProof(leaf, record.leafHash().base64(), gap,
                    own ? base64(range.hashes()) : null,
                    own ? base64(Subtree.cover(leaf, LEAVES).stream().map(TREE::of).toList()) : null)));
            range.append(record.leafHash());
        }
        List<String> rest = gap(range, LEAVES);
        String note = new Checkpoint("log.example", LEAVES, range.root()).text() + "\n\u2014 log.example AAAAAAAA\n";
        return new Export(lines, new ExportProof(note, "key", lines.size(), rest));
    }

    private static List<String> gap(CompactRange range, long until) {
        List<String> gap = new ArrayList<>();
        for (Subtree subtree : Subtree.cover(range.size(), until)) {
            range.append(subtree.level(), TREE.of(subtree));
            gap.add(TREE.of(subtree).base64());
        }
        return gap;
    }

    private static List<String> base64(List<LogHash> hashes) {
        return hashes.stream().map(LogHash::base64).toList();
    }

    private static ExportVerifier verify(Export export) {
        ExportVerifier verifier = new ExportVerifier(export.end);
        for (int i = 0; i < export.lines.size(); i++) {
            verifier.add(i + 1, export.lines.get(i).record, export.lines.get(i).proof);
        }
        verifier.end();
        return verifier;
    }

    private static List<ExportProblem> problems(Export export) {
        return verify(export).problems();
    }

    private static Export changed(Export export, int line, UnaryOperator<Line> change) {
        List<Line> lines = new ArrayList<>(export.lines);
        lines.set(line - 1, change.apply(lines.get(line - 1)));
        return new Export(lines, export.end);
    }

    private static Line with(Line line, LogHash hash) {
        LeafProof proof = Objects.requireNonNull(line.proof);
        return new Line(line.record, new LeafProof(proof.leaf(), hash.base64(), proof.gap(), proof.before(),
                proof.after()));
    }

    private static List<Integer> all() {
        return IntStream.range(0, LEAVES).boxed().toList();
    }

    private static List<Integer> every(int step) {
        return IntStream.range(0, LEAVES).filter(leaf -> leaf % step == 1).boxed().toList();
    }

    @Test
    void exports_of_all_of_some_and_of_no_events_are_verified() {
        assertThat(problems(export(all()))).isEmpty();
        assertThat(problems(export(List.of()))).isEmpty();
        Random random = new Random(14);
        for (int round = 0; round < 100; round++) {
            int share = 1 + random.nextInt(100);
            List<Integer> some = IntStream.range(0, LEAVES).filter(_ -> random.nextInt(100) < share).boxed().toList();
            assertThat(problems(export(some))).isEmpty();
        }
    }

    @Test
    void a_changed_event_is_found_in_its_line() {
        Export export = changed(export(every(3)), 150,
                line -> new Line(record(line.record.position(), "{\"number\":-1}"), line.proof));

        assertThat(problems(export)).containsExactly(new EventChanged(150, RECORDS.get(448).position()));
    }

    @Test
    void an_event_that_was_changed_along_with_its_hash_is_found_among_a_hundred_lines() {
        LogRecord forged = record(RECORDS.get(448).position(), "{\"number\":-1}");
        Export export = changed(export(every(3)), 150,
                line -> with(new Line(forged, line.proof), forged.leafHash()));

        assertThat(problems(export)).containsExactly(new LinesChanged(101, 201));
    }

    @Test
    void mistakes_after_a_mistake_are_found() {
        Export export = changed(export(all()), 150, line -> with(line, LogHash.leaf("x")));
        Export both = changed(export, 950, line -> new Line(record(line.record.position(), "{}"), line.proof));

        assertThat(problems(both)).contains(new LinesChanged(101, 201), new EventChanged(950, 949 * 3));
    }

    @Test
    void a_line_that_was_taken_out_is_missed() {
        Export export = export(every(3));
        List<Line> fewer = new ArrayList<>(export.lines);
        fewer.remove(149);

        assertThat(problems(new Export(fewer, export.end))).containsExactly(new LinesMissing(150, 446, 450),
                new CountWrong(333, 333, 332));
    }

    @Test
    void lines_that_were_cut_off_at_the_end_are_missed() {
        Export export = export(all());

        assertThat(problems(new Export(export.lines.subList(0, 990), export.end)))
                .containsExactly(new LinesMissing(991, 990, 999), new CountWrong(991, 1_000, 990));
    }

    @Test
    void swapped_and_repeated_lines_are_found() {
        Export export = export(every(3));
        List<Line> swapped = new ArrayList<>(export.lines);
        Collections.swap(swapped, 149, 150);
        assertThat(problems(new Export(swapped, export.end))).isNotEmpty();

        List<Line> repeated = new ArrayList<>(export.lines);
        repeated.add(150, repeated.get(149));
        assertThat(problems(new Export(repeated, export.end))).contains(new OutOfOrder(151, 448));
    }

    @Test
    void an_event_without_a_leaf_is_found() {
        Export export = changed(export(every(3)), 332, line -> new Line(line.record, null));

        assertThat(problems(export)).contains(new NotInLog(332, 994L * 3));
    }

    @Test
    void a_proof_that_leads_elsewhere_is_found() {
        Export export = changed(export(every(3)), 101, line -> {
            LeafProof proof = Objects.requireNonNull(line.proof);
            return new Line(line.record, new LeafProof(proof.leaf(), proof.hash(), proof.gap(), proof.before(),
                    List.of()));
        });

        assertThat(problems(export)).containsExactly(new ProofWrong(101));
    }

    @Test
    void no_single_change_of_an_export_passes() {
        Random random = new Random(5);
        for (int round = 0; round < 200; round++) {
            int step = 2 + random.nextInt(20);
            Export export = export(every(step));
            int line = 1 + random.nextInt(export.lines.size());
            int other = random.nextInt(LEAVES);
            Export changed = switch (random.nextInt(4)) {
                case 0 -> changed(export, line, it -> new Line(record(it.record.position() + 1, "{}"), it.proof));
                case 1 -> changed(export, line, it -> with(it, LogHash.leaf("x")));
                case 2 -> changed(export, line, it -> it.record.equals(RECORDS.get(other))
                        ? new Line(record(1, ""), it.proof)
                        : with(new Line(RECORDS.get(other), it.proof), RECORDS.get(other).leafHash()));
                default -> new Export(export.lines, new ExportProof(export.end.checkpoint(), "key",
                        export.end.lines(), List.of(LogHash.EMPTY.base64())));
            };
            assertThat(problems(changed)).isNotEmpty();
        }
    }

    @Test
    void a_withdrawn_event_is_verified_and_counted() {
        Export export = changed(export(all()), 7, line -> new Line(new LogRecord(line.record.position(),
                line.record.id(), line.record.stream(), line.record.sequence(), line.record.type(),
                line.record.revision(), line.record.time(), null,
                Sha256.hex(String.valueOf(line.record.payload())),
                line.record.metadata()), line.proof));

        assertThat(problems(export)).isEmpty();
        assertThat(verify(export).withdrawn()).isEqualTo(1);
    }
}
