package dev.migrationledger.ledger.dashboard.graph;

import dev.migrationledger.contracts.text.Count;
import dev.migrationledger.contracts.text.Glyph;
import dev.migrationledger.contracts.text.Redaction;
import dev.migrationledger.core.text.LineDiff;
import dev.migrationledger.ledger.history.StoredHistories.StoredFile;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The text of one content of a revision's file, and what is different from the content before.
 *
 * @param digest its first characters
 * @param file its name
 * @param text of the file; empty where the ledger lacks it
 * @param note what the reader has to know of the text; empty: nothing
 * @param download the address of the file; absent: the ledger lacks it
 * @param before the first characters of the content before; empty: this is the first content
 * @param difference from it, without what stayed the same far from changes
 * @param comparison in a sentence what became of it, or why that is not known; empty: this is the first content
 */
record ContentPart(
        String digest, String file, String text, String note, @Nullable String download, String before,
        List<DifferentLine> difference, String comparison) {

    /** Of a page; a file has up to a million bytes. */
    private static final int MOST_CHARACTERS = 100_000;

    private static final int MOST_LINES = 1_000;

    /** Lines around a change that are shown. */
    private static final int AROUND = 3;

    ContentPart {
        difference = List.copyOf(difference);
    }

    /**
     * A line of a difference.
     *
     * @param change absent: lines that are the same are left out here
     */
    record DifferentLine(LineDiff.@Nullable Change change, String text) {

        /** Beside the line; with it, colours say nothing alone. */
        public String sign() {
            return change == null ? Glyph.FOLDED.sign() : switch (change) {
                case SAME -> " ";
                case REMOVED -> Glyph.REMOVED.sign();
                case ADDED -> Glyph.ADDED.sign();
            };
        }

        /** A class of the style sheet. */
        public String tone() {
            return change == null ? "fold" : switch (change) {
                case SAME -> "same";
                case REMOVED -> "removed";
                case ADDED -> "added";
            };
        }
    }

    /**
     * A content that the ledger knows.
     *
     * @param stored its file; empty: no agent sent it
     * @param withheld why not, as events have it; absent: not known
     */
    record Known(String digest, String name, Optional<StoredFile> stored, @Nullable String withheld) {}

    /** @param before absent: it is the first content */
    static ContentPart of(String project, Known content, @Nullable Known before) {
        String name = Redaction.of(content.name);
        String shown = Digests.shortened(content.digest);
        if (content.stored.isEmpty()) {
            return new ContentPart(shown, name, "", lacking(content.withheld), null,
                    before == null ? "" : Digests.shortened(before.digest), List.of(), "");
        }
        String whole = content.stored.get().text();
        String cut = cut(whole);
        String text = Redaction.of(cut);
        String note = cut.length() < whole.length()
                ? "This is the begin of the file. Download it to see all."
                : text.equals(whole) ? "" : "What looks like a secret is hidden here.";
        String download = Addresses.file(project, content.digest);
        if (before == null) {
            return new ContentPart(shown, name, text, note, download, "", List.of(), "");
        }
        String old = Digests.shortened(before.digest);
        if (before.stored.isEmpty()) {
            return new ContentPart(shown, name, text, note, download, old, List.of(),
                    "The ledger lacks the text of the content before, so it cannot show what changed.");
        }
        List<LineDiff.Line> lines = LineDiff.of(Redaction.of(cut(before.stored.get().text())).lines().toList(),
                text.lines().toList());
        return new ContentPart(shown, name, text, note, download, old, folded(lines), sentence(lines));
    }

    /** Whole lines, as many as fit: a secret is not cut in two, and so not overlooked. */
    private static String cut(String text) {
        return text.length() <= MOST_CHARACTERS
                ? text
                : text.substring(0, text.lastIndexOf('\n', MOST_CHARACTERS) + 1);
    }

    private static String lacking(@Nullable String withheld) {
        return "The ledger has the digest of this file, and not its text: %s. Look for it in the project's Git history."
                .formatted(withheld == null ? "no agent sent it" : switch (withheld) {
                    case "too-large" -> "it is larger than 1 MB";
                    case "left-out" -> "the agent is set up to send no texts";
                    case "not-utf8" -> "it is not UTF-8";
                    case "nul-character" -> "it has a NUL character";
                    case "changed", "unreadable" -> "it changed or vanished while the agent read it";
                    default -> "the agent left it out";
                });
    }

    private static String sentence(List<LineDiff.Line> lines) {
        int added = count(lines, LineDiff.Change.ADDED);
        int removed = count(lines, LineDiff.Change.REMOVED);
        return added + removed == 0
                ? "No line that is shown here is different."
                : "%s added, %s removed.".formatted(Count.of(added, "line"),
                        removed == 1 ? "1" : "%,d".formatted(removed));
    }

    private static int count(List<LineDiff.Line> lines, LineDiff.Change change) {
        return (int) lines.stream().filter(line -> line.change() == change).count();
    }

    private static List<DifferentLine> folded(List<LineDiff.Line> lines) {
        boolean[] near = new boolean[lines.size()];
        for (int at = 0; at < lines.size(); at++) {
            if (lines.get(at).change() != LineDiff.Change.SAME) {
                for (int other = Math.max(0, at - AROUND); other <= Math.min(lines.size() - 1, at + AROUND); other++) {
                    near[other] = true;
                }
            }
        }
        List<DifferentLine> shown = new ArrayList<>();
        int same = 0;
        for (int at = 0; at < lines.size() && shown.size() < MOST_LINES; at++) {
            if (near[at]) {
                fold(shown, same);
                same = 0;
                shown.add(new DifferentLine(lines.get(at).change(), lines.get(at).text()));
            } else {
                same++;
            }
        }
        if (shown.isEmpty()) {
            return List.of();
        }
        if (shown.size() >= MOST_LINES) {
            shown.add(new DifferentLine(null, "more differences: download both files to see them"));
        } else {
            fold(shown, same);
        }
        return shown;
    }

    private static void fold(List<DifferentLine> shown, int same) {
        if (same > 0) {
            shown.add(new DifferentLine(null,
                    "%s %s the same".formatted(Count.of(same, "line"), same == 1 ? "is" : "are")));
        }
    }
}
