package dev.migrationledger.agent.tool.alembic.mako;

import dev.migrationledger.agent.python.syntax.Statement;
import java.time.ZonedDateTime;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A value of Python, exactly. */
public sealed interface TemplateValue {

    record Text(String text) implements TemplateValue {}

    record Whole(long value) implements TemplateValue {}

    record Truth(boolean truth) implements TemplateValue {}

    enum Nothing implements TemplateValue {
        /** Python's {@code None}. */
        NONE,
        /** What Mako takes for a name that nothing binds: it is false, and cannot be written. */
        UNDEFINED
    }

    /** A tuple or a list; a list is not changed once it is made. */
    record Sequence(boolean tuple, List<TemplateValue> values) implements TemplateValue {
        public Sequence {
            values = List.copyOf(values);
        }

        /** A tuple of texts. */
        public static Sequence tuple(List<String> texts) {
            return new Sequence(true, texts.stream().<TemplateValue>map(Text::new).toList());
        }
    }

    record Mapping(Map<TemplateValue, TemplateValue> entries) implements TemplateValue {
        public Mapping {
            entries = Collections.unmodifiableMap(new LinkedHashMap<>(entries));
        }
    }

    /**
     * A {@code datetime}.
     *
     * @param aware whether it knows its time zone
     */
    record Moment(ZonedDateTime time, boolean aware) implements TemplateValue {}

    /** Something that has a name: a function or type of Python, the module {@code re}, Mako's {@code context}, a variable's function. */
    record Named(String name) implements TemplateValue {}

    /** A function that the template defines. */
    record Defined(Statement.Function function, TemplateNames names) implements TemplateValue {}

    /** A name that the template binds to something not looked into, such as an imported module. */
    record Foreign(String name) implements TemplateValue {}
}
