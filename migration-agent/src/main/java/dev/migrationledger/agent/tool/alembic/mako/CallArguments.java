package dev.migrationledger.agent.tool.alembic.mako;

import dev.migrationledger.agent.tool.alembic.mako.TemplateValue.Sequence;
import dev.migrationledger.agent.tool.alembic.mako.TemplateValue.Text;
import dev.migrationledger.agent.tool.alembic.mako.TemplateValue.Whole;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a call is given. */
record CallArguments(List<TemplateValue> positional, Map<String, TemplateValue> named) {

    CallArguments {
        positional = List.copyOf(positional);
        named = Map.copyOf(named);
    }

    /** Whether there are that many, and none by name. */
    boolean are(int count) {
        return named.isEmpty() && positional.size() == count;
    }

    @Nullable
    TemplateValue at(int index) {
        return index < positional.size() ? positional.get(index) : null;
    }

    @Nullable
    String text(int index) {
        return at(index) instanceof Text(String text) ? text : null;
    }

    @Nullable
    Long whole(int index) {
        return at(index) instanceof Whole(long whole) ? (Long) whole : null;
    }

    /** The elements of a tuple or list; absent where it is none. */
    @Nullable
    List<TemplateValue> elements(int index) {
        return at(index) instanceof Sequence(boolean _, List<TemplateValue> values) ? values : null;
    }
}
