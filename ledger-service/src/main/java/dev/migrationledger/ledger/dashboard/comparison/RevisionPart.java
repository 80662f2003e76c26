package dev.migrationledger.ledger.dashboard.comparison;

import dev.migrationledger.contracts.environment.Comparison;
import dev.migrationledger.contracts.environment.RevisionStatus;
import dev.migrationledger.contracts.environment.StatusMark;
import dev.migrationledger.contracts.text.Redaction;
import dev.migrationledger.ledger.dashboard.ListPart;
import dev.migrationledger.ledger.page.PageAddress;
import dev.migrationledger.ledger.page.PageTime;
import dev.migrationledger.ledger.view.EnvironmentView;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The revisions that the two sides do not have alike.
 *
 * @param lines parents first
 * @param same how many both sides have, with the same status
 */
record RevisionPart(ListPart<Line> lines, int same) {

    private static final int MOST = 200;

    /**
     * A revision on both sides.
     *
     * @param revision its id, for people
     */
    record Line(String id, String revision, String address, Cell left, Cell right) {}

    /**
     * What one side has of a revision.
     *
     * @param since absent where that was not observed
     */
    record Cell(String sign, String tone, String word, @Nullable PageTime since) {}

    /**
     * The part of a page.
     *
     * @param skipped how many revisions the pages before showed
     * @param address of the page behind so many revisions
     */
    static RevisionPart of(
            Comparison comparison, EnvironmentView left, EnvironmentView right, int skipped,
            IntFunction<String> address, Instant now) {
        List<Line> lines = new ArrayList<>();
        comparison.onlyLeft().forEach(it -> lines.add(line(left.project(), it.revision(), cell(it, now),
                lacking(right, it.revision()))));
        comparison.onlyRight().forEach(it -> lines.add(line(left.project(), it.revision(),
                lacking(left, it.revision()), cell(it, now))));
        int same = 0;
        for (Comparison.Shared shared : comparison.both()) {
            if (shared.left().kind() == shared.right().kind()) {
                same++;
            } else {
                lines.add(line(left.project(), shared.left().revision(), cell(shared.left(), now),
                        cell(shared.right(), now)));
            }
        }
        return new RevisionPart(ListPart.of(inOrder(lines, left, right), skipped, MOST, address), same);
    }

    /** As in the history; revisions that no script has come last. */
    private static List<Line> inOrder(List<Line> lines, EnvironmentView left, EnvironmentView right) {
        Map<String, Integer> places = new HashMap<>();
        List<String> ids = lines.stream().map(Line::id).toList();
        Stream.of(left, right).flatMap(side -> side.graph().topological(ids).stream())
                .forEach(id -> places.putIfAbsent(id, places.size()));
        return lines.stream().sorted(Comparator.comparingInt(line -> places.getOrDefault(line.id(), places.size())))
                .toList();
    }

    private static Line line(String project, String revision, Cell left, Cell right) {
        return new Line(revision, Redaction.of(revision), PageAddress.revision(project, revision), left, right);
    }

    private static Cell cell(RevisionStatus status, Instant now) {
        StatusMark mark = StatusMark.of(status);
        return new Cell(mark.sign(), mark.word(), StatusMark.inWords(status),
                status.since() == null ? null : PageTime.of(status.since().at(), now));
    }

    private static Cell lacking(EnvironmentView side, String revision) {
        StatusMark mark = side.graph().contains(revision) ? StatusMark.PENDING : StatusMark.UNREACHABLE;
        return new Cell(mark.sign(), mark.word(), mark.word(), null);
    }
}
