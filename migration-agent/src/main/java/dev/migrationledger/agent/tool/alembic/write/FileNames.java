package dev.migrationledger.agent.tool.alembic.write;

import dev.migrationledger.agent.tool.NewMerge;
import dev.migrationledger.agent.tool.alembic.mako.PercentFormat;
import dev.migrationledger.agent.tool.alembic.mako.PythonText;
import dev.migrationledger.agent.tool.alembic.mako.TemplateValue;
import dev.migrationledger.agent.tool.alembic.mako.TemplateValue.Mapping;
import dev.migrationledger.agent.tool.alembic.mako.TemplateValue.Moment;
import dev.migrationledger.agent.tool.alembic.mako.TemplateValue.Text;
import dev.migrationledger.agent.tool.alembic.mako.TemplateValue.Whole;
import java.time.ZonedDateTime;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What Alembic calls a new file: {@code file_template} filled in. */
final class FileNames {

    private static final String TEMPLATE = "%(rev)s_%(slug)s";
    private static final int SLUG_LENGTH = 40;

    private FileNames() {}

    static String of(WriteSettings settings, NewMerge merge, Moment created) throws NotWritten {
        String template = settings.fileTemplate() == null ? TEMPLATE : settings.fileTemplate();
        ZonedDateTime time = created.time();
        Map<TemplateValue, TemplateValue> values = new HashMap<>();
        values.put(new Text("rev"), new Text(merge.revision()));
        values.put(new Text("slug"), new Text(slug(merge.message(), length(settings.slugLength()))));
        values.put(new Text("epoch"), new Whole(time.toEpochSecond()));
        values.put(new Text("year"), new Whole(time.getYear()));
        values.put(new Text("month"), new Whole(time.getMonthValue()));
        values.put(new Text("day"), new Whole(time.getDayOfMonth()));
        values.put(new Text("hour"), new Whole(time.getHour()));
        values.put(new Text("minute"), new Whole(time.getMinute()));
        values.put(new Text("second"), new Whole(time.getSecond()));
        String name = PercentFormat.filled(template, new Mapping(values));
        if (name == null) {
            throw new NotWritten("'file_template = %s' cannot be filled in.".formatted(template));
        }
        if (name.indexOf('/') >= 0 || name.indexOf('\\') >= 0 || name.indexOf('\0') >= 0) {
            throw new NotWritten("'file_template = %s' leads into another folder.".formatted(template));
        }
        return name + ".py";
    }

    /** Alembic takes zero for its own length. */
    private static int length(@Nullable String written) throws NotWritten {
        if (written == null) {
            return SLUG_LENGTH;
        }
        String digits = written.strip();
        if (!digits.matches("[0-9]{1,9}")) {
            throw new NotWritten("'truncate_slug_length = %s' is not a whole number.".formatted(written));
        }
        int length = Integer.parseInt(digits);
        return length == 0 ? SLUG_LENGTH : length;
    }

    /** The message's words. One that is too long ends before the word that does not fit, and with an underscore. */
    private static String slug(@Nullable String message, int longest) {
        StringBuilder words = new StringBuilder();
        boolean inWord = false;
        for (int c : (message == null ? "" : message).codePoints().toArray()) {
            boolean word = PythonText.isWord(c);
            if (word && !inWord && !words.isEmpty()) {
                words.append('_');
            }
            if (word) {
                words.appendCodePoint(c);
            }
            inWord = word;
        }
        String slug = PythonText.lower(words.toString());
        if (slug.codePointCount(0, slug.length()) <= longest) {
            return slug;
        }
        String cut = slug.substring(0, slug.offsetByCodePoints(0, longest));
        int last = cut.lastIndexOf('_');
        return (last < 0 ? cut : cut.substring(0, last)) + "_";
    }
}
