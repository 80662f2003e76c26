package dev.migrationledger.agent.physical;

import dev.migrationledger.agent.physical.Judge.Answer;
import dev.migrationledger.agent.physical.Judge.Verdict;
import dev.migrationledger.agent.physical.Walk.Damaged;
import dev.migrationledger.agent.physical.Walk.Seen;
import dev.migrationledger.contracts.diagnosis.DivergenceCode;
import dev.migrationledger.contracts.diagnosis.Finding;
import dev.migrationledger.core.position.PhysicalState;
import dev.migrationledger.core.rules.Diagnosis;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Counts what is reported of many schemas, and collects what is wrong. */
final class Soundness {

    private final Map<String, Row> rows = new LinkedHashMap<>();
    private final List<String> wrong = new ArrayList<>();
    private int stamps;
    private int noticed;
    private int alike;
    private int holes;
    private int named;

    private static final class Row {
        private final EnumMap<Answer, Integer> answers = new EnumMap<>(Answer.class);
        private int two;
        private int three;
        private int more;

        void add(Verdict verdict) {
            answers.merge(verdict.answer(), 1, Integer::sum);
            if (verdict.answer() == Answer.SET) {
                two += verdict.size() == 2 ? 1 : 0;
                three += verdict.size() == 3 ? 1 : 0;
                more += verdict.size() > 3 ? 1 : 0;
            }
        }

        String cells() {
            int cases = answers.values().stream().mapToInt(Integer::intValue).sum();
            return "%,d | %,d | %,d | %,d | %,d | %,d | %,d | %,d | %,d | %,d".formatted(cases, count(Answer.EXACT),
                    two, three,
                    more, count(Answer.HOLE), count(Answer.ASSUMED), count(Answer.SAME_SCHEMA), count(Answer.AS_NEAR),
                    count(Answer.WRONG));
        }

        private int count(Answer answer) {
            return answers.getOrDefault(answer, 0);
        }
    }

    /**
     * Judges every stop of a history, with every stamp, and everything that was done to it.
     *
     * @param kind of the history, in words
     * @param every how many stamps are skipped for each that is tried
     */
    void add(String kind, Judge judge, int every) {
        List<Seen> seen = judge.stops();
        for (Seen stop : seen) {
            List<String> truth = stop.stop().rows();
            PhysicalState state = judge.physical(stop.schema());
            Verdict verdict = judge.healthy(truth, state);
            count(kind + ", as it was left", verdict, "%s at %s: %s".formatted(judge.name(), truth, state));
            List<DivergenceCode> none = against(judge.diagnosis(stop.schema(), truth));
            if (!none.isEmpty()) {
                wrong.add("%s at %s is healthy, but: %s; %s".formatted(judge.name(), truth, none, state));
            }
            for (int i = 0; i < seen.size(); i += every) {
                stamped(judge, stop, seen.get(i).stop().rows());
            }
            for (Damaged damaged : stop.damaged()) {
                damaged(kind, judge, truth, damaged);
            }
        }
    }

    private void stamped(Judge judge, Seen stop, List<String> rows) {
        if (rows.equals(stop.stop().rows())) {
            return;
        }
        stamps++;
        Diagnosis diagnosis = judge.diagnosis(stop.schema(), rows);
        PhysicalState state = Objects.requireNonNull(diagnosis.physical());
        boolean candidate = state.candidates().contains(rows);
        boolean found = !against(diagnosis).isEmpty();
        noticed += found ? 1 : 0;
        alike += candidate && !found ? 1 : 0;
        // An empty version table beside an object that an unread place may have made is asked about, though base is a candidate.
        boolean asked = rows.isEmpty()
                && state.unexplained().stream().anyMatch(object -> object.perhaps() != null);
        if (candidate == found && !(candidate && asked)) {
            wrong.add("%s at %s, stamped %s: %s, %s".formatted(judge.name(), stop.stop().rows(), rows,
                    found ? "nothing speaks against it, but " + against(diagnosis) : "nothing is found", state));
        }
    }

    private void damaged(String kind, Judge judge, List<String> truth, Damaged damaged) {
        PhysicalState state = judge.physical(damaged.schema());
        Verdict verdict = judge.damaged(truth, state, damaged.schema());
        String what = "%s at %s, %s: %s".formatted(judge.name(), truth, damaged.damage(), state);
        count(kind + ", one object damaged", verdict, what);
        count(damaged.damage().kind().words(), verdict, null);
        if (verdict.answer() == Answer.HOLE) {
            holes++;
            named += Judge.names(state, damaged.damage().object()) ? 1 : 0;
        }
        if (!state.candidates().contains(truth) && found(judge.diagnosis(damaged.schema(), truth)).isEmpty()) {
            wrong.add("nothing is found, stamped the truth: %s; %s".formatted(
                    judge.diagnosis(damaged.schema(), truth).physical(), what));
        }
    }

    /** What is found; that a database could go further is nothing wrong. */
    private static List<DivergenceCode> found(Diagnosis diagnosis) {
        return diagnosis.findings().stream().map(Finding::code).filter(code -> code != DivergenceCode.BEHIND_HEAD)
                .toList();
    }

    /** What speaks against the rows; that nothing speaks for them does not, nor does an upgrade that is going to fail. */
    private static List<DivergenceCode> against(Diagnosis diagnosis) {
        return found(diagnosis).stream()
                .filter(code -> code != DivergenceCode.STAMP_UNCONFIRMED && code != DivergenceCode.UPGRADE_FAILS)
                .toList();
    }

    private void count(String row, Verdict verdict, @Nullable String what) {
        rows.computeIfAbsent(row, fresh -> new Row()).add(verdict);
        if (verdict.answer() == Answer.WRONG && what != null) {
            wrong.add(what);
        }
    }

    /** Each wrong answer, with everything that was reported. */
    List<String> wrong() {
        return wrong;
    }

    /** As Markdown. */
    String table() {
        StringBuilder table = new StringBuilder(
                """
                        | | cases | exact | set of 2 | set of 3 | larger set | hole | among nearest | another stop's very schema | another stop, as near | wrong |
                        |---|---|---|---|---|---|---|---|---|---|---|
                        """);
        rows.forEach((name, row) -> {
            if (!isDamage(name)) {
                table.append("| ").append(name).append(" | ").append(row.cells()).append(" |\n");
            }
        });
        for (Damage.Kind kind : Damage.Kind.values()) {
            Row row = rows.get(kind.words());
            if (row != null) {
                table.append("| … ").append(kind.words()).append(" | ").append(row.cells()).append(" |\n");
            }
        }
        return table
                .append("""

                        Stamps: %,d times another stop's rows were put into the version table. %,d times something was found; %,d times those rows were
                        among the candidates, so that nothing tells them from the true ones. Of %,d holes, %,d name the very object, or its table.
                        """
                        .formatted(stamps, noticed, alike, holes, named))
                .toString();
    }

    private static boolean isDamage(String name) {
        for (Damage.Kind kind : Damage.Kind.values()) {
            if (kind.words().equals(name)) {
                return true;
            }
        }
        return false;
    }
}
