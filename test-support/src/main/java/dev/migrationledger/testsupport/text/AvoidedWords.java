package dev.migrationledger.testsupport.text;

import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What plain English does without, and how long a sentence may be: the one list for messages, plans, help, logs and pages. */
public final class AvoidedWords {

    /** In words; a longer sentence has to be read twice. */
    public static final int LONGEST_SENTENCE = 25;

    /** Each with what to write instead. */
    private static final List<Avoided> AVOIDED = List.of(
            avoided("anew", "again"),
            avoided("nobody|somebody|anybody", "no one, someone, or name who"),
            avoided("whoever|whosoever", "name who"),
            avoided("whatever|whichever|wherever", "name what"),
            avoided("told(?! apart)|tells? the ledger|tells? of", "reported, sent, known"),
            avoided("meant", "name the thing"),
            avoided("of which|of whom|whose doing", "two sentences"),
            avoided("the doing of", "created by"),
            avoided("(?<!there )(is|are) no(?! longer)", "is not a, there is no"),
            avoided("heard|unheard", "heartbeat received"),
            avoided("lets? go of|letting go of", "release, delete"),
            avoided("bears? out|borne out", "confirms"),
            avoided("witness(es|ed|ing)?|testimony", "evidence, capture, observed"),
            avoided("strangers?|kin", "untracked objects, dependents"),
            avoided("was seen|were seen|be seen|been seen", "observed, found"),
            avoided("sight of|out of sight", "visible, unreachable"),
            avoided("last look|two looks|each look|looks alone|between looks|a look|next look|looks only|look again",
                    "poll"),
            avoided("the midst", "during"),
            avoided("said", "name who says it"),
            avoided("stands|as it stood", "is, status"),
            avoided("speaks? (for|against)", "confirms, contradicts"),
            avoided("hangs on|hang on", "depends on"),
            avoided("(is|are) led on", "is updated"),
            avoided("comes? along|goes? along", "included"),
            avoided("foretold|foretells?", "predicts"),
            avoided("vouch(es|ed)?", "confirms"),
            avoided("mended|mends?", "fixed"),
            avoided("of yours|of ours", "your, our"),
            avoided("may stand|makes? it or not|be it", "two sentences"),
            avoided("yet another|yet others", "another"),
            avoided("likewise|thus|hence|thereby|lest|wholly|(?<!neither .{0,100})nor",
                    "a plain word, or two sentences"),
            avoided("so that", "so"),
            avoided("passed over|passes over", "ignored"),
            avoided("in the way(?! of)", "already exists"),
            avoided("whether .{1,40} or not", "whether"),
            avoided("remarks?", "comment"));

    private AvoidedWords() {}

    private record Avoided(Pattern words, String instead) {}

    private static Avoided avoided(String words, String instead) {
        return new Avoided(Pattern.compile("\\b(" + words + ")\\b", Pattern.CASE_INSENSITIVE), instead);
    }

    /** Each avoided word of a text, with what to write instead; empty for plain English. */
    public static List<String> problems(String text) {
        return AVOIDED.stream().flatMap(avoided -> avoided.words().matcher(text).results()
                .map(found -> "'%s' in “%s”; write: %s".formatted(
                        found.group(),
                        text.substring(Math.max(0, found.start() - 40), Math.min(text.length(), found.end() + 40)),
                        avoided.instead())))
                .toList();
    }

    /** The sentences of a text that are longer than {@link #LONGEST_SENTENCE}. */
    public static List<String> longSentences(String text) {
        return Stream.of(text.split("(?<=[.?!])\\s+"))
                .filter(sentence -> sentence.strip().split("\\s+").length > LONGEST_SENTENCE)
                .toList();
    }
}
