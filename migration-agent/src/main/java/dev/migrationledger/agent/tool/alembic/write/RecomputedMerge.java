package dev.migrationledger.agent.tool.alembic.write;

import dev.migrationledger.agent.tool.NewMerge;
import dev.migrationledger.contracts.revision.Revision;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Whether a file is, byte for byte, what Alembic writes for the parents, the message and the time that it names. */
public final class RecomputedMerge {

    private static final Pattern TIME = Pattern.compile(
            "(\\d{4}-\\d\\d-\\d\\d) (\\d\\d:\\d\\d:\\d\\d(?:\\.\\d{6})?)([+-]\\d\\d:\\d\\d(?::\\d\\d)?)?");

    /** What Alembic writes where no message is given. */
    private static final String NO_MESSAGE = "empty message";

    private RecomputedMerge() {}

    /**
     * Works the file out again.
     *
     * @param bytes of the file
     * @param docstring of the file; absent: it has none
     */
    public static boolean is(
            WriteSettings settings, byte[] template, Revision revision, byte[] bytes, @Nullable String docstring) {
        if (revision.parents().size() < 2 || !revision.dependsOn().isEmpty() || revision.labels().size() > 1) {
            return false;
        }
        Matcher written = TIME.matcher(new String(bytes, StandardCharsets.ISO_8859_1));
        String offset = written.find() ? written.group(3) : null;
        ZonedDateTime time = written.hasMatch()
                ? time(written)
                : ZonedDateTime.of(2000, 1, 1, 0, 0, 0, 0, ZoneOffset.UTC);
        WriteSettings then = offset == null ? settings.in(null) : settings;
        return time != null && messages(revision, docstring).stream()
                .anyMatch(message -> is(then, template, revision, message, time, bytes));
    }

    private static @Nullable ZonedDateTime time(Matcher written) {
        String text = written.group(1) + "T" + written.group(2);
        try {
            return written.group(3) == null
                    ? LocalDateTime.parse(text).atZone(ZoneOffset.UTC)
                    : OffsetDateTime.parse(text + written.group(3)).toZonedDateTime();
        } catch (DateTimeException noTime) {
            return null;
        }
    }

    /** What the message can have been: the first line, or all that stands before the lines that Alembic's own templates go on with. */
    private static Set<String> messages(Revision revision, @Nullable String docstring) {
        Set<String> messages = new LinkedHashSet<>();
        if (revision.message() != null) {
            messages.add(revision.message());
        }
        if (docstring != null) {
            int rest = docstring.indexOf("\n\nRevision ID:");
            messages.add(rest < 0 ? docstring : docstring.substring(0, rest));
        }
        return messages.isEmpty() ? Set.of(NO_MESSAGE) : messages;
    }

    private static boolean is(WriteSettings settings, byte[] template, Revision revision, String message,
            ZonedDateTime time, byte[] bytes) {
        NewMerge merge = new NewMerge(revision.parents(), message, revision.revision(),
                revision.labels().isEmpty() ? null : revision.labels().getFirst(), time);
        try {
            return Arrays.equals(MergeFile.of(settings, template, merge).bytes(), bytes);
        } catch (NotWritten notComputed) {
            return false;
        }
    }
}
