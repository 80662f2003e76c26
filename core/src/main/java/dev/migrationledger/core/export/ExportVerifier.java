package dev.migrationledger.core.export;

import dev.migrationledger.contracts.log.ExportProof;
import dev.migrationledger.contracts.log.LeafProof;
import dev.migrationledger.contracts.log.LogHash;
import dev.migrationledger.contracts.log.LogRecord;
import dev.migrationledger.core.checkpoint.Checkpoint;
import dev.migrationledger.core.checkpoint.SignedNote;
import dev.migrationledger.core.export.ExportProblem.CountWrong;
import dev.migrationledger.core.export.ExportProblem.EventChanged;
import dev.migrationledger.core.export.ExportProblem.LinesChanged;
import dev.migrationledger.core.export.ExportProblem.LinesMissing;
import dev.migrationledger.core.export.ExportProblem.NotInLog;
import dev.migrationledger.core.export.ExportProblem.OutOfOrder;
import dev.migrationledger.core.export.ExportProblem.ProofWrong;
import dev.migrationledger.core.export.ExportProblem.RecordMissing;
import dev.migrationledger.core.merkle.CompactRange;
import dev.migrationledger.core.merkle.Subtree;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Builds the tree of a checkpoint from the lines of an export and the hashes between them, in constant memory. Every hundredth line has a proof of its own,
 * by which it finds where a mistake is and goes on after it. Who signed the checkpoint is another question.
 */
public final class ExportVerifier {

    /** More are counted and not kept. */
    private static final int MOST = 1_000;

    private final ExportProof export;
    private final Checkpoint checkpoint;
    private final List<ExportProblem> problems = new ArrayList<>();

    /** All leaves up to the last line; absent after a mistake, until a line has a proof of its own. */
    private @Nullable CompactRange range = new CompactRange();

    private long segment = 1;
    private long lastLine;
    private long lines;
    private long withdrawn;
    private long problemCount;

    /**
     * For an export.
     *
     * @throws IllegalArgumentException if its checkpoint cannot be read
     */
    public ExportVerifier(ExportProof export) {
        this.export = export;
        this.checkpoint = Checkpoint.parse(SignedNote.parse(export.checkpoint()).text());
    }

    /** What the lines are tied to. */
    public Checkpoint checkpoint() {
        return checkpoint;
    }

    /**
     * Checks the next line.
     *
     * @param line its number in the file
     * @param proof absent if the line has none
     */
    public void add(long line, LogRecord record, @Nullable LeafProof proof) {
        lastLine = line;
        if (proof == null) {
            problem(new NotInLog(line, record.position()));
            return;
        }
        lines++;
        if (record.payload() == null) {
            withdrawn++;
        }
        LogHash hash = LogHash.parse(proof.hash());
        if (!record.leafHash().equals(hash)) {
            problem(new EventChanged(line, record.position()));
        }
        CompactRange before = range == null ? null : connect(line, proof, range);
        List<String> own = proof.before();
        if (own != null) {
            before = startSegment(line, proof.leaf(), hashes(own),
                    hashes(proof.after() == null ? List.of() : proof.after()), before);
        }
        if (before != null) {
            before.append(hash);
        }
        range = before;
    }

    /** The next line has no record. */
    public void addWithoutRecord(long line) {
        lastLine = line;
        problem(new RecordMissing(line));
    }

    /** Adds the leaves between the last line and this one. */
    private @Nullable CompactRange connect(long line, LeafProof proof, CompactRange known) {
        if (proof.leaf() < known.size()) {
            problem(new OutOfOrder(line, proof.leaf()));
            return null;
        }
        if (!append(known, proof.leaf(), hashes(proof.gap()))) {
            problem(new LinesMissing(line, known.size(), proof.leaf() - 1));
            return null;
        }
        return known;
    }

    /** @return whether these are the subtrees from the range's end up to a leaf */
    private static boolean append(CompactRange range, long until, List<LogHash> hashes) {
        List<Subtree> gap = Subtree.cover(range.size(), until);
        if (gap.size() != hashes.size()) {
            return false;
        }
        for (int i = 0; i < gap.size(); i++) {
            range.append(gap.get(i).level(), hashes.get(i));
        }
        return true;
    }

    /** Its own proof leads to the checkpoint; then what was built so far has to be the same. */
    private @Nullable CompactRange startSegment(
            long line, long leaf, List<LogHash> own, List<LogHash> after, @Nullable CompactRange built) {
        if (Long.bitCount(leaf) != own.size() || leaf >= checkpoint.size()) {
            problem(new ProofWrong(line));
            return null;
        }
        CompactRange whole = CompactRange.of(leaf, own);
        CompactRange proved = whole.copy();
        if (!append(whole, checkpoint.size(), after) || !whole.root().equals(checkpoint.root())) {
            problem(new ProofWrong(line));
            return null;
        }
        if (built != null && !built.equals(proved)) {
            problem(new LinesChanged(segment, line));
        }
        segment = line;
        return proved;
    }

    /** After the last line. */
    public void end() {
        CompactRange known = range;
        if (known != null) {
            if (!append(known, checkpoint.size(), hashes(export.gap()))) {
                problem(new LinesMissing(lastLine + 1, known.size(), checkpoint.size() - 1));
            } else if (!known.root().equals(checkpoint.root())) {
                problem(new LinesChanged(segment, lastLine));
            }
        }
        if (export.lines() != lines) {
            problem(new CountWrong(lastLine + 1, export.lines(), lines));
        }
    }

    private void problem(ExportProblem problem) {
        problemCount++;
        if (problems.size() < MOST) {
            problems.add(problem);
        }
    }

    private static List<LogHash> hashes(List<String> base64) {
        return base64.stream().map(LogHash::parse).toList();
    }

    /** The first thousand, in the order of lines. */
    public List<ExportProblem> problems() {
        return List.copyOf(problems);
    }

    /** How many problems there are in all. */
    public long problemCount() {
        return problemCount;
    }

    /** Lines with a proof. */
    public long lines() {
        return lines;
    }

    /** Lines whose content was withdrawn: only their digest is in the log. */
    public long withdrawn() {
        return withdrawn;
    }
}
