package dev.migrationledger.testsupport.text;

import dev.migrationledger.contracts.diagnosis.Finding;
import dev.migrationledger.contracts.diagnosis.Finding.Exhibit;
import dev.migrationledger.contracts.diagnosis.Finding.PlanStep;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * What plain English asks of the sentences that people read: a message is one sentence of at most 25 words and names a value; a step of a plan
 * is two sentences of at most 30 words. A value, such as a name, a path or a command in quotes, is one word.
 */
public final class PlainWords {

    private static final int MESSAGE = 25;
    private static final int STEP = 30;
    private static final int DETAIL = 80;
    private static final int CLAUSE = 16;

    private static final Pattern QUOTED = Pattern.compile(
            "(?<=^|[\\s(:=])'.*?'(?=$|[\\s.,;:)])|(?<=^|[\\s(])\".*?\"(?=$|[\\s.,;:)])");
    /** Of a clause: a word, a value or a proper name. */
    private static final Pattern BEGINNING = Pattern.compile("^(\\p{Ll}|(V|Python|PostgreSQL|Alembic)\\b)");
    private static final Pattern STOP = Pattern.compile("[.!?](?=\\s|$)");
    private static final Pattern BRACKETS = Pattern.compile("\\(([^)]*)\\)");
    private static final Pattern VALUE = Pattern.compile("V|\\d|\\w[._/]\\w");

    private PlainWords() {}

    /** What is wrong with the sentences of a finding, each with its sentence; none: nothing. */
    public static List<String> faults(Finding finding) {
        List<String> faults = new ArrayList<>(ofMessage(finding.message()));
        finding.evidence().stream().filter(Exhibit::isSentence).map(Exhibit::value)
                .forEach(detail -> faults.addAll(ofDetail(detail)));
        faults.addAll(faults(finding.plan()));
        return faults;
    }

    /** Likewise of the steps of a plan. */
    public static List<String> faults(List<PlanStep> plan) {
        List<String> faults = new ArrayList<>();
        for (PlanStep step : plan) {
            faults.addAll(ofStep(step.why()));
            faults.addAll(ofStep(step.check()));
            step.details().forEach(detail -> faults.addAll(ofDetail(detail)));
        }
        return faults;
    }

    /** Likewise of the message of a finding. */
    public static List<String> ofMessage(String message) {
        String text = masked(message);
        Faults faults = common(message, text, MESSAGE);
        faults.check(STOP.matcher(text).results().count() == 1, "is not one sentence");
        faults.check(!text.contains(";"), "has a semicolon");
        faults.check(VALUE.matcher(text).find(), "names no value");
        faults.check(BRACKETS.matcher(text).results().allMatch(it -> words(it.group(1)) <= 6), "has long brackets");
        return faults.found;
    }

    /** Likewise of a clause, which stands within a sentence and has no full stop. */
    public static List<String> ofClause(String clause) {
        String text = masked(clause);
        Faults faults = new Faults(clause);
        faults.check(words(text) <= CLAUSE, "has %d words instead of %d".formatted(words(text), CLAUSE));
        faults.check(!STOP.matcher(text).find() && !text.contains(";"), "is a sentence");
        faults.check(BEGINNING.matcher(text).find(), "begins like a sentence");
        AvoidedWords.problems(text).forEach(problem -> faults.check(false, problem));
        return faults.found;
    }

    private static List<String> ofStep(String sentence) {
        String text = masked(sentence);
        Faults faults = common(sentence, text, STEP);
        long sentences = STOP.matcher(text).results().count();
        faults.check(sentences == 1 || sentences == 2, "is not one sentence or two");
        return faults.found;
    }

    private static List<String> ofDetail(String sentence) {
        return common(sentence, masked(sentence), DETAIL).found;
    }

    private static Faults common(String sentence, String text, int most) {
        Faults faults = new Faults(sentence);
        faults.check(words(text) <= most, "has %d words instead of %d".formatted(words(text), most));
        faults.check(text.endsWith("."), "does not end with a full stop");
        faults.check(
                !text.isEmpty()
                        && (Character.isUpperCase(text.charAt(0)) || VALUE.matcher(text.split(" ", -1)[0]).find()
                                || text.startsWith("--") || text.startsWith("psql ")),
                "does not begin with a capital or a value");
        AvoidedWords.problems(text).forEach(problem -> faults.check(false, problem));
        return faults;
    }

    /** Each quoted value is one letter. */
    private static String masked(String sentence) {
        return QUOTED.matcher(sentence).replaceAll("V");
    }

    private static long words(String text) {
        return Pattern.compile("\\S*\\w\\S*").matcher(text).results().count();
    }

    private static final class Faults {
        private final String sentence;
        private final List<String> found = new ArrayList<>();

        Faults(String sentence) {
            this.sentence = sentence;
        }

        void check(boolean fine, String fault) {
            if (!fine) {
                found.add(fault + ": " + sentence);
            }
        }
    }
}
