package dev.migrationledger.agent.audit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migrationledger.agent.Main;
import dev.migrationledger.contracts.log.ConsistencyProof;
import dev.migrationledger.contracts.log.ExportLine.Manifest;
import dev.migrationledger.contracts.log.ExportLine;
import dev.migrationledger.contracts.log.ExportProof;
import dev.migrationledger.contracts.log.LeafProof;
import dev.migrationledger.contracts.log.LogHash;
import dev.migrationledger.contracts.log.LogRecord;
import dev.migrationledger.contracts.wire.ContractJson;
import dev.migrationledger.core.checkpoint.Checkpoint;
import dev.migrationledger.core.checkpoint.NoteKey;
import dev.migrationledger.core.checkpoint.SignedNote;
import dev.migrationledger.core.merkle.CompactRange;
import dev.migrationledger.core.merkle.MerkleProofs;
import dev.migrationledger.core.merkle.Subtree;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** Exports as a ledger writes them, of every third event, and what people may do to them. */
class VerifyCommandTest {

    private static final int LEAVES = 900;

    private static final KeyPair PAIR = pair();

    private static final NoteKey KEY = NoteKey.of("ledger.example/log",
            Base64.getEncoder().encodeToString(PAIR.getPublic().getEncoded()));

    private static final List<LogRecord> RECORDS = IntStream.range(0, LEAVES)
            .mapToObj(i -> LogRecord.of(i + 1, "id" + i, "navbot/prod", i, "agent.head-detected", "1", "now",
                    "{\"heads\":[\"r%d\"]}".formatted(i), "{}"))
            .toList();

    @TempDir
    Path folder;

    private record Run(int exit, String out) {}

    private static KeyPair pair() {
        try {
            return KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static LogHash hash(Subtree subtree) {
        CompactRange range = new CompactRange();
        RECORDS.subList((int) subtree.begin(), (int) subtree.end()).forEach(it -> range.append(it.leafHash()));
        return range.root();
    }

    private static List<String> base64(List<LogHash> hashes) {
        return hashes.stream().map(LogHash::base64).toList();
    }

    private static List<String> gap(CompactRange range, long until) {
        List<LogHash> gap = new ArrayList<>();
        for (Subtree subtree : Subtree.cover(range.size(), until)) {
            gap.add(hash(subtree));
            range.append(subtree.level(), hash(subtree));
        }
        return base64(gap);
    }

    private static String note(long size) {
        Checkpoint checkpoint = new Checkpoint(KEY.name(), size, MerkleProofs.root(size, VerifyCommandTest::hash));
        return SignedNote.sign(checkpoint.text(), KEY, PAIR.getPrivate()).note();
    }

    /** With a field that a verifier does not know. */
    private static List<String> export() {
        List<String> lines = new ArrayList<>();
        CompactRange range = new CompactRange();
        for (int leaf = 1; leaf < LEAVES; leaf += 3) {
            List<String> gap = gap(range, leaf);
            boolean own = lines.size() % LeafProof.SEGMENT == 0;
            LeafProof proof = new LeafProof(leaf, RECORDS.get(leaf).leafHash().base64(), gap,
                    own ? base64(range.hashes()) : null,
                    own
                            ? base64(Subtree.cover(leaf, LEAVES).stream().map(VerifyCommandTest::hash).toList())
                            : null);
            range.append(RECORDS.get(leaf).leafHash());
            lines.add(json(new ExportLine(RECORDS.get(leaf), proof, null)).replaceFirst("\\{", "{\"who\":\"ada\","));
        }
        int count = lines.size();
        lines.add(json(new ExportLine(null, null, new Manifest(
                new ExportProof(note(LEAVES), KEY.verifierKey(), count, gap(range, LEAVES))))));
        return lines;
    }

    private static String json(Object contract) {
        return new String(ContractJson.write(contract), StandardCharsets.UTF_8);
    }

    private Path file(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text);
    }

    private Run verify(List<String> lines, String... options) throws IOException {
        List<String> arguments = new ArrayList<>(
                List.of("audit", "verify", file("export.ndjson", String.join("\n", lines) + "\n").toString()));
        arguments.addAll(List.of(options));
        StringWriter out = new StringWriter();
        CommandLine commandLine = Main.commandLineFor("audit").setOut(new PrintWriter(out))
                .setErr(new PrintWriter(out));
        int exit = Main.execute(commandLine, arguments.toArray(String[]::new));
        return new Run(exit, out.toString());
    }

    private static List<String> changed(int line, UnaryOperator<String> change) {
        List<String> lines = export();
        String before = lines.get(line - 1);
        lines.set(line - 1, change.apply(before));
        assertThat(lines.get(line - 1)).isNotEqualTo(before);
        return lines;
    }

    @Test
    void an_export_is_verified_with_the_key_in_either_form() throws Exception {
        for (String key : List.of(KEY.verifierKey(), KEY.x509())) {
            Run run = verify(export(), "--key", key);

            assertThat(run.exit).as(run.out).isZero();
            assertThat(run.out).contains("Verified 300 events", "not exported  600 leaves", "cannot prove");
        }
    }

    @Test
    void without_a_key_and_a_kept_checkpoint_nothing_is_confirmed() throws Exception {
        Run run = verify(export());

        assertThat(run.exit).isEqualTo(3);
        assertThat(run.out).contains("nothing confirms the checkpoint", "--key");
    }

    @Test
    void a_changed_event_is_named_by_its_line() throws Exception {
        Run run = verify(changed(150, line -> line.replace("[\\\"r448\\\"]", "[\\\"r447\\\"]")), "--key",
                KEY.verifierKey());

        assertThat(run.exit).isEqualTo(1);
        assertThat(run.out).contains("does not match",
                "line 150  The event at position 449 is not the one that the log has.");
    }

    @Test
    void lines_that_are_missing_unreadable_or_without_a_record_are_named() throws Exception {
        List<String> fewer = export();
        fewer.remove(149);
        assertThat(verify(fewer, "--key", KEY.x509()).out).contains("line 150  Lines are missing before this one");
        assertThat(verify(changed(7, line -> line.substring(3)), "--key", KEY.x509()).out)
                .contains("line 7  The line has no record.");
        assertThat(verify(changed(7, _ -> "{\"who\":\"eve\"}"), "--key", KEY.x509()).exit).isEqualTo(1);
    }

    @Test
    void another_key_is_refused() throws Exception {
        String other = Base64.getEncoder().encodeToString(pair().getPublic().getEncoded());
        Run run = verify(export(), "--key", other);

        assertThat(run.exit).isEqualTo(1);
        assertThat(run.out).contains("not made by the given key");
    }

    @Test
    void a_kept_checkpoint_confirms_without_a_key() throws Exception {
        Path kept = file("kept.txt", note(LEAVES));
        Run run = verify(export(), "--checkpoint", kept.toString());

        assertThat(run.exit).as(run.out).isZero();
        assertThat(run.out).contains("of the same log");
    }

    @Test
    void an_older_kept_checkpoint_needs_a_proof_that_the_log_only_grew() throws Exception {
        Path kept = file("kept.txt", note(500));
        Run without = verify(export(), "--checkpoint", kept.toString(), "--key", KEY.x509());
        assertThat(without.exit).isEqualTo(3);
        assertThat(without.out).contains("--proof");

        ConsistencyProof consistency = new ConsistencyProof(500,
                MerkleProofs.root(500, VerifyCommandTest::hash).base64(), LEAVES,
                MerkleProofs.root(LEAVES, VerifyCommandTest::hash).base64(),
                base64(MerkleProofs.consistency(500, LEAVES, VerifyCommandTest::hash)));
        Path proof = file("proof.json", json(consistency));
        Run with = verify(export(), "--checkpoint", kept.toString(), "--proof", proof.toString());
        assertThat(with.exit).as(with.out).isZero();
    }

    @Test
    void a_kept_checkpoint_of_another_log_contradicts() throws Exception {
        Checkpoint other = new Checkpoint(KEY.name(), LEAVES, LogHash.leaf("another history"));
        Path kept = file("kept.txt", SignedNote.sign(other.text(), KEY, PAIR.getPrivate()).note());
        Run run = verify(export(), "--checkpoint", kept.toString(), "--key", KEY.x509());

        assertThat(run.exit).isEqualTo(1);
        assertThat(run.out).contains("not of this log");
    }

    @Test
    void what_is_not_an_export_is_wrong_usage() throws Exception {
        assertThat(verify(List.of("when,who", "now,ada")).exit).isEqualTo(2);
        assertThat(verify(List.of()).exit).isEqualTo(2);
        assertThat(verify(export().subList(0, 20)).out).contains("manifest");
        assertThat(verify(export(), "--key", "nonsense").exit).isEqualTo(2);
        assertThat(verify(export(), "--checkpoint", folder.resolve("none").toString()).exit).isEqualTo(2);
    }

    @Test
    void programs_get_json() throws Exception {
        Run run = verify(export(), "--key", KEY.x509(), "--output", "json");

        assertThat(run.out).contains("\"verified\" : true", "\"lines\" : 300", "\"signature\" : \"valid\"");
    }
}
