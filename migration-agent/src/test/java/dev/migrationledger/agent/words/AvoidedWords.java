package dev.migrationledger.agent.words;

import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What plain English does without, and how long a sentence may be. */
final class AvoidedWords {

    /** In words; a longer sentence has to be read twice. */
    static final int LONGEST_SENTENCE = 25;

    /** Each with what to write instead. */
    private static final List<Avoided> AVOIDED = List.of(
            avoided("anew", "again"),
            avoided("nobody", "no one, or name who"),
            avoided("whoever", "name who"),
            avoided("told(?! apart)|tells? the ledger", "reported, sent, known"),
            avoided("meant", "name the thing"),
            avoided("(?<=, )of which", "two sentences"),
            avoided("the doing of", "created by"),
            avoided("(?<!there )(is|are) no(?! longer)", "is not a, there is no"),
            avoided("heard|unheard", "heartbeat received"),
            avoided("lets? go of", "release, delete"),
            avoided("bears? out", "confirms"),
            avoided("witness(es|ed)?|testimony", "evidence, capture, observed"),
            avoided("strangers?|kin", "untracked objects, dependents"),
            avoided("sight of|out of sight", "visible, unreachable"),
            avoided("last look|two looks|each look|looks alone|between looks|a look|next look|looks only", "poll"),
            avoided("the midst", "during"),
            avoided("is said to be|it is said|is said of", "name who says it"),
            avoided("as it stands|how it stands|stands on", "is, status"),
            avoided("speaks? (for|against)", "confirms, contradicts"),
            avoided("what hangs on|hangs on", "depends on"),
            avoided("is led on|are led on", "is updated"),
            avoided("comes? along|goes? along", "included"),
            avoided("foretold|foretells?", "predicts"),
            avoided("vouch(es|ed)?", "confirms"),
            avoided("mended|mends?", "fixed"),
            avoided("of yours", "your"));

    private AvoidedWords() {}

    private record Avoided(Pattern words, String instead) {}

    private static Avoided avoided(String words, String instead) {
        return new Avoided(Pattern.compile("\\b(" + words + ")\\b", Pattern.CASE_INSENSITIVE), instead);
    }

    /** Each avoided word of a text, with what to write instead; empty for plain English. */
    static List<String> problems(String text) {
        return AVOIDED.stream().flatMap(avoided -> avoided.words().matcher(text).results()
                .map(found -> "'%s' in “%s”; write: %s".formatted(
                        found.group(),
                        text.substring(Math.max(0, found.start() - 40), Math.min(text.length(), found.end() + 40)),
                        avoided.instead())))
                .toList();
    }

    /** The sentences of a text that are longer than {@link #LONGEST_SENTENCE}. */
    static List<String> longSentences(String text) {
        return Stream.of(text.split("(?<=[.?!])\\s+"))
                .filter(sentence -> sentence.strip().split("\\s+").length > LONGEST_SENTENCE)
                .toList();
    }
}
