package dev.migrationledger.agent.tool.alembic.write;

import dev.migrationledger.agent.tool.NewMerge;
import dev.migrationledger.agent.tool.alembic.mako.MakoProblem;
import dev.migrationledger.agent.tool.alembic.mako.MakoTemplate;
import dev.migrationledger.agent.tool.alembic.mako.TemplateValue;
import dev.migrationledger.agent.tool.alembic.mako.TemplateValue.Moment;
import dev.migrationledger.agent.tool.alembic.mako.TemplateValue.Named;
import dev.migrationledger.agent.tool.alembic.mako.TemplateValue.Nothing;
import dev.migrationledger.agent.tool.alembic.mako.TemplateValue.Sequence;
import dev.migrationledger.agent.tool.alembic.mako.TemplateValue.Text;
import java.util.List;
import java.util.Map;

/** The file that {@code alembic merge -m MESSAGE --rev-id ID A B} writes. */
public final class MergeFile {

    private final String name;
    private final byte[] bytes;

    private MergeFile(String name, byte[] bytes) {
        this.name = name;
        this.bytes = bytes;
    }

    /** Without any folder. */
    public String name() {
        return name;
    }

    public byte[] bytes() {
        return bytes.clone();
    }

    /**
     * Renders the template as Alembic does.
     *
     * @param template the bytes of {@code script.py.mako}
     * @throws NotWritten where Alembic refuses as well, or the template needs what only Python can compute
     */
    public static MergeFile of(WriteSettings settings, byte[] template, NewMerge merge) throws NotWritten {
        Moment created = CreateDates.moment(settings.timezone(), merge.time());
        String name = FileNames.of(settings, merge, created);
        return new MergeFile(name, OutputEncodings.bytes(settings.encoding(),
                text(settings, template, merge, created)));
    }

    private static String text(WriteSettings settings, byte[] template, NewMerge merge, Moment created)
            throws NotWritten {
        String message = merge.message();
        String label = merge.label();
        Map<String, TemplateValue> variables = Map.of(
                "up_revision", new Text(merge.revision()),
                "down_revision", Sequence.tuple(merge.heads()),
                "branch_labels", label == null ? Nothing.NONE : Sequence.tuple(List.of(label)),
                "depends_on", Nothing.NONE,
                "create_date", created,
                "comma", new Named("comma"),
                "message", new Text(message == null ? "empty message" : message),
                "config", new Named("config"));
        try {
            return MakoTemplate.of(template).rendered(variables, settings.options());
        } catch (MakoProblem e) {
            throw new NotWritten("Line %d of script.py.mako %s.".formatted(e.line(), e.reason()));
        }
    }
}
