package dev.migrationledger.agent.tool.alembic.python;

import dev.migrationledger.agent.tool.alembic.python.Value.Items;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What stands left of an equals sign. */
sealed interface Target {

    record Name(String name) implements Target {}

    /** {@code a, b} or {@code (a, *b)}. */
    record Group(List<Target> targets) implements Target {}

    /** The rest of a sequence, as in {@code *name}. */
    record Rest(Target target) implements Target {}

    /** An attribute or an element of what a name stands for: the name is not bound anew, but its list may have changed. */
    record Elsewhere(String name) implements Target {}

    /** Targets nest a level or two. */
    int DEEPEST = 20;

    /** Reads a target; absent if there is none. */
    static @Nullable Target parse(String source, int from, int to) {
        Cursor cursor = new Cursor(source, from, to);
        Target target = group(cursor, '\0', 0);
        return cursor.more() ? null : target;
    }

    private static @Nullable Target group(Cursor cursor, char close, int depth) {
        List<Target> targets = new ArrayList<>();
        boolean comma = false;
        while (cursor.more() && !cursor.at(close)) {
            Target target = single(cursor, depth);
            if (target == null) {
                return null;
            }
            targets.add(target);
            if (!cursor.take(',')) {
                break;
            }
            comma = true;
        }
        if (targets.isEmpty()) {
            return null;
        }
        return comma || close == ']' ? new Group(targets) : targets.getFirst();
    }

    private static @Nullable Target single(Cursor cursor, int depth) {
        if (depth > DEEPEST) {
            return null;
        }
        if (cursor.take('*')) {
            Target rest = single(cursor, depth + 1);
            return rest == null ? null : new Rest(rest);
        }
        for (char open : new char[]{'(', '['}) {
            char close = open == '(' ? ')' : ']';
            if (cursor.take(open)) {
                Target inner = group(cursor, close, depth + 1);
                return cursor.take(close) ? inner : null;
            }
        }
        String name = cursor.word();
        if (name.isEmpty() || name.charAt(0) <= '9') {
            return null;
        }
        boolean elsewhere = false;
        while (cursor.at('.') || cursor.at('[') || cursor.at('(')) {
            elsewhere = true;
            cursor.skipTrailer();
        }
        return elsewhere ? new Elsewhere(name) : new Name(name);
    }

    /** Every name that is bound. */
    default List<String> names() {
        return switch (this) {
            case Name name -> List.of(name.name());
            case Group group -> group.targets().stream().flatMap(target -> target.names().stream()).toList();
            case Rest rest -> rest.target().names();
            case Elsewhere elsewhere -> List.of();
        };
    }

    /** Binds each name to its part of the value. */
    default void bind(Names names, Binding binding) {
        switch (this) {
            case Name name -> names.bind(name.name(), binding);
            case Group group -> {
                if (binding instanceof Binding.Known known
                        && known.value() instanceof Items items
                        && items.kind() != Items.Kind.SET
                        && items.values().size() == group.targets().size()
                        && group.targets().stream().noneMatch(Rest.class::isInstance)) {
                    for (int i = 0; i < group.targets().size(); i++) {
                        group.targets().get(i).bind(
                                names, new Binding.Known(items.values().get(i), binding.line()));
                    }
                } else {
                    unpackUnknown(names, binding);
                }
            }
            case Rest rest -> unpackUnknown(names, binding);
            case Elsewhere elsewhere -> {
                if (names.find(elsewhere.name()) instanceof Binding.Known(Items items, int line)) {
                    names.bind(
                            elsewhere.name(),
                            new Binding.Unknown(elsewhere.name(), "it is changed in place", binding.line()));
                }
            }
        }
    }

    private void unpackUnknown(Names names, Binding binding) {
        Binding unknown = binding instanceof Binding.Unknown already
                ? already
                : new Binding.Unknown(String.join(", ", names()), "it is unpacked from something unlike it",
                        binding.line());
        names().forEach(name -> names.bind(name, unknown));
    }
}
