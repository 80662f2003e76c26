package dev.migrationledger.ledger.page;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A piece of a sentence: words, or a time. The API and the terminal have the same sentences, with times in UTC; a page shows each time in the
 * reader's zone.
 *
 * @param words as the sentence has them
 * @param at the same moment for a {@code time} element; absent: words
 */
public record SentencePart(String words, @Nullable Instant at) {

    private static final Pattern TIME = Pattern
            .compile("(\\d{4}-\\d\\d-\\d\\d)[T ](\\d\\d:\\d\\d)(:\\d\\d(?:\\.\\d{1,9})?)?(?:Z\\b| UTC\\b)");

    /** The pieces of a sentence, in their order. */
    static List<SentencePart> of(String sentence) {
        List<SentencePart> parts = new ArrayList<>();
        Matcher matcher = TIME.matcher(sentence);
        int end = 0;
        while (matcher.find()) {
            Instant at = instant(matcher);
            if (at != null) {
                parts.add(new SentencePart(sentence.substring(end, matcher.start()), null));
                parts.add(new SentencePart(RelativeTime.absolute(at), at));
                end = matcher.end();
            }
        }
        parts.add(new SentencePart(sentence.substring(end), null));
        return parts.stream().filter(part -> !part.words.isEmpty()).toList();
    }

    /** Absent if it only looks like a time. */
    private static @Nullable Instant instant(Matcher matcher) {
        String seconds = matcher.group(3);
        try {
            return Instant.parse("%sT%s%sZ".formatted(matcher.group(1), matcher.group(2),
                    seconds == null ? ":00" : seconds));
        } catch (DateTimeException e) {
            return null;
        }
    }
}
