package dev.migrationledger.agent.tool.alembic.mako;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The names that a block of a template, or a function in it, can see. */
public final class TemplateNames {

    private final @Nullable TemplateNames around;
    private final Map<String, TemplateValue> names = new HashMap<>();

    TemplateNames(@Nullable TemplateNames around) {
        this.around = around;
    }

    void bind(String name, TemplateValue value) {
        names.put(name, value);
    }

    /** Whether these are others, or are seen within them. */
    @SuppressWarnings("ReferenceEquality") // two blocks may bind the same
    boolean isWithin(TemplateNames others) {
        return this == others || (around != null && around.isWithin(others));
    }

    /** Absent: it is bound nowhere. */
    @Nullable
    TemplateValue find(String name) {
        TemplateValue found = names.get(name);
        return found != null || around == null ? found : around.find(name);
    }
}
