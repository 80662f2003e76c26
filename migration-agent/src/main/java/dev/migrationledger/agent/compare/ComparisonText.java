package dev.migrationledger.agent.compare;

import dev.migrationledger.agent.cli.Paint;
import dev.migrationledger.contracts.diagnosis.Divergence;
import dev.migrationledger.contracts.diagnosis.DivergenceCode;
import dev.migrationledger.contracts.diagnosis.Finding.Exhibit;
import dev.migrationledger.contracts.envelope.Occurrence;
import dev.migrationledger.contracts.environment.Comparison;
import dev.migrationledger.contracts.environment.Comparison.Relation;
import dev.migrationledger.contracts.environment.Comparison.Shared;
import dev.migrationledger.contracts.environment.Comparison.Side;
import dev.migrationledger.contracts.environment.RevisionStatus;
import dev.migrationledger.contracts.environment.StatusMark;
import dev.migrationledger.contracts.text.Count;
import dev.migrationledger.contracts.text.Glyph;
import dev.migrationledger.core.comparison.ComparisonSentences;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;

/** A comparison for people: the verdict, both sides, and what each has alone. */
public record ComparisonText(Comparison comparison, Paint paint) {

    /** A longer list is not read; JSON has all of it. */
    private static final int MOST_LINES = 40;

    private static final int MOST_NAMED = 3;

    /** The verdict, in a line without a full stop. */
    public static String verdict(Comparison comparison) {
        return Paint.plain(ComparisonSentences.of(comparison).verdict());
    }

    List<String> lines() {
        List<String> lines = new ArrayList<>();
        ComparisonSentences sentences = ComparisonSentences.of(comparison);
        lines.add(paint.strong(verdict(comparison)));
        lines.addAll(divergences());
        sentences.schemaForms().map(Paint::plain).ifPresent(lines::add);
        lines.add("");
        Side left = comparison.left();
        Side right = comparison.right();
        int width = Math.max(Paint.plain(left.environment()).length(), Paint.plain(right.environment()).length());
        lines.addAll(side(left, width));
        lines.addAll(side(right, width));
        lines.addAll(alone(left, comparison.onlyLeft()));
        lines.addAll(alone(right, comparison.onlyRight()));
        lines.add("");
        lines.addAll(shared());
        return lines;
    }

    /** What both have is a number, but for what a side has only by a stamp: there the schema may lack what it says. */
    private List<String> shared() {
        List<Shared> stamped = comparison.both().stream()
                .filter(it -> it.left().kind() == RevisionStatus.Kind.STAMPED
                        || it.right().kind() == RevisionStatus.Kind.STAMPED)
                .toList();
        List<String> lines = new ArrayList<>();
        lines.add("both have %s%s".formatted(
                Count.of(comparison.both().size(), "revision"),
                stamped.isEmpty() ? "" : ", %d of them only stamped on one side".formatted(stamped.size())));
        stamped.stream().limit(MOST_LINES)
                .forEach(it -> lines.add("  %s %s  %s: %s; %s: %s".formatted(Glyph.ATTENTION.sign(),
                        Paint.plain(it.left().revision()),
                        Paint.plain(comparison.left().environment()),
                        StatusMark.inWords(it.left()),
                        Paint.plain(comparison.right().environment()),
                        StatusMark.inWords(it.right()))));
        if (stamped.size() > MOST_LINES) {
            lines.add("  … and %d more; --output json shows all".formatted(stamped.size() - MOST_LINES));
        }
        return lines;
    }

    private List<String> divergences() {
        List<String> lines = new ArrayList<>();
        List<Divergence> others = comparison.divergences().stream().filter(one -> !isThisFork(one)).limit(MOST_LINES)
                .toList();
        for (Divergence one : others) {
            lines.add("%s  %s: %s".formatted(Paint.plain(one.environment()), one.code().code(),
                    Paint.plain(one.message())));
            one.evidence().stream().filter(Exhibit::isSentence).limit(MOST_NAMED)
                    .forEach(it -> lines.add("  " + Paint.plain(it.value())));
        }
        return lines;
    }

    /** That these two are forked, the first line says; one of them may be forked from a third. */
    private boolean isThisFork(Divergence one) {
        List<String> both = List.of(comparison.left().environment(), comparison.right().environment());
        return one.code() == DivergenceCode.FORKED && comparison.relation() == Relation.FORKED
                && one.evidence().stream().noneMatch(Exhibit::isSentence)
                && one.evidence().stream().filter(it -> it.what() == Exhibit.What.REVISION_ELSEWHERE)
                        .allMatch(it -> both.contains(it.where()));
    }

    private List<String> side(Side side, int width) {
        String name = Paint.plain(side.environment()) + " ".repeat(width - Paint.plain(side.environment()).length());
        Instant observed = side.observedAt();
        List<String> lines = new ArrayList<>();
        lines.add("%s  at     %s%s".formatted(name, ids(side.rows()),
                observed == null ? "" : paint.faint("  seen " + second(observed))));
        lines.add("%s  heads  %s".formatted(" ".repeat(width), ids(side.heads())));
        return lines;
    }

    private List<String> alone(Side side, List<RevisionStatus> statuses) {
        if (statuses.isEmpty()) {
            return List.of();
        }
        List<String> lines = new ArrayList<>();
        lines.add("");
        lines.add("only on %s".formatted(Paint.plain(side.environment())));
        int width = statuses.stream().mapToInt(it -> Paint.plain(it.revision()).length()).max().orElse(0);
        for (RevisionStatus status : statuses.subList(0, Math.min(MOST_LINES, statuses.size()))) {
            String revision = Paint.plain(status.revision());
            lines.add("  %s %s  %s".formatted(
                    StatusMark.of(status).sign(), revision + " ".repeat(width - revision.length()), how(status))
                    .stripTrailing());
        }
        if (statuses.size() > MOST_LINES) {
            lines.add("  … and %d more; --output json shows all".formatted(statuses.size() - MOST_LINES));
        }
        return lines;
    }

    private String how(RevisionStatus status) {
        Occurrence since = status.since();
        return since == null
                ? StatusMark.inWords(status)
                : "%-18s  %s".formatted(StatusMark.inWords(status), paint.faint(when(since)));
    }

    private static String when(Occurrence occurrence) {
        Instant notBefore = occurrence.notBefore();
        return switch (occurrence.precision()) {
            case EXACT -> second(occurrence.at());
            case BETWEEN -> notBefore == null || second(notBefore).equals(second(occurrence.at()))
                    ? second(occurrence.at())
                    : "between " + second(notBefore) + " and " + second(occurrence.at());
            case NO_LATER_THAN -> "by " + second(occurrence.at());
        };
    }

    private static String second(Instant moment) {
        return moment.truncatedTo(ChronoUnit.SECONDS).toString();
    }

    private static String ids(List<String> ids) {
        return ids.isEmpty() ? "none" : Paint.plain(String.join(", ", ids));
    }
}
