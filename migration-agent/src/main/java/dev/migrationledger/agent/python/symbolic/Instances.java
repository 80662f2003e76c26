package dev.migrationledger.agent.python.symbolic;

import dev.migrationledger.agent.python.symbolic.Symbol.Dict;
import dev.migrationledger.agent.python.symbolic.Symbol.Items;
import dev.migrationledger.agent.python.symbolic.Symbol.Local;
import dev.migrationledger.agent.python.symbolic.Symbol.Made;
import dev.migrationledger.agent.python.symbolic.Symbol.Reference;
import dev.migrationledger.agent.python.symbolic.Symbol.Text;
import dev.migrationledger.agent.python.syntax.SourceRange;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Instances of the project's classes: records of any kind by what they are given, others by what {@code __init__} puts into them. */
final class Instances {

    private final Interpreter machine;
    private final FunctionCalls functions;

    Instances(Interpreter machine, FunctionCalls functions) {
        this.machine = machine;
        this.functions = functions;
    }

    /** What calling a class gives. */
    Symbol made(Made made, Symbol.Type type, Arguments arguments) {
        Symbol self = machine.bounded(made, made.place());
        return self instanceof Made && type.members().all().get("__init__") instanceof Local local
                ? functions.initialized(local, functions.ofInstance(local, self, type, arguments), made.place())
                : self;
    }

    /** A value is put into an instance. */
    void put(Made self, String name, Symbol value, SourceRange place) {
        Map<String, Symbol> fields = new HashMap<>(self.fields());
        fields.put(name, value);
        machine.replace(self, machine.bounded(self.with(fields), place), place);
    }

    /** An attribute of an instance; absent: it is not known to have it. */
    @Nullable
    Symbol attribute(Made self, String name, SourceRange place) {
        Symbol field = self.fields().get(name);
        if (field != null || !(self.callee() instanceof Symbol.Type type)) {
            return field == null ? named(self, name) : field;
        }
        if (!(type.members().all().get("__init__") instanceof Local)) {
            int at = type.members().annotated().indexOf(name);
            Symbol given = at < 0 ? null : given(self, name, at);
            if (given != null || (at >= 0 && !self.complete())) {
                return given;
            }
        }
        return switch (type.members().all().get(name)) {
            case Local local when FunctionCalls.decorated(local, "property") -> functions.follow(
                    local, functions.ofInstance(local, self, type, Arguments.NONE), place);
            case Local method -> null;
            case Made declared -> otherwise(declared);
            case null -> null;
            case Symbol value -> value;
        };
    }

    private static @Nullable Symbol given(Made self, String name, int at) {
        return !self.complete()
                ? null
                : at < self.positional().size() ? self.positional().get(at) : self.named().get(name);
    }

    /** What a field has that is not given: {@code field(default=…)}, {@code Field(…)}, or the value itself. */
    private static @Nullable Symbol otherwise(Made declared) {
        String callee = declared.callee() instanceof Reference(String dotted, _)
                ? dotted.substring(dotted.lastIndexOf('.') + 1)
                : "";
        if (!callee.equals("field") && !callee.equals("Field")) {
            return declared;
        }
        Symbol otherwise = declared.named().get("default");
        if (otherwise != null) {
            return otherwise;
        }
        return switch (declared.named().getOrDefault("default_factory", Symbol.None.NONE)) {
            case Reference(String dotted, _) when dotted.equals("builtins.list") -> new Items(
                    Items.Kind.LIST, List.of());
            case Reference(String dotted, _) when dotted.equals("builtins.dict") -> new Dict(List.of());
            default -> declared.positional().isEmpty() ? null : declared.positional().getFirst();
        };
    }

    /** A record of {@code collections.namedtuple("Name", ["a", "b"])}. */
    private static @Nullable Symbol named(Made self, String name) {
        List<String> names = tuple(self);
        int at = names == null ? -1 : names.indexOf(name);
        return at < 0 ? null : given(self, name, at);
    }

    private static @Nullable List<String> tuple(Made self) {
        if (!(self.callee() instanceof Made type) || !(type.callee() instanceof Reference(String dotted, _))
                || !dotted.equals("collections.namedtuple") || type.positional().size() < 2) {
            return null;
        }
        return switch (type.positional().get(1)) {
            case Text(String names, _) -> List.of(names.replace(',', ' ').strip().split("\\s+", -1));
            case Items items -> items.values().stream().map(FilePaths::of).map(String::valueOf).toList();
            default -> null;
        };
    }

    /** What a tuple with names holds, in order; absent: it is none, or not all is known. */
    static @Nullable List<Symbol> elements(Symbol symbol) {
        if (!(symbol instanceof Made self)) {
            return null;
        }
        List<String> names = tuple(self);
        if (names == null && self.callee() instanceof Symbol.Type type && type.definition().bases().stream()
                .anyMatch(base -> base.value().place().excerpt().endsWith("NamedTuple"))) {
            names = type.members().annotated();
        }
        if (names == null) {
            return null;
        }
        List<Symbol> elements = new ArrayList<>();
        for (int i = 0; i < names.size(); i++) {
            Symbol given = given(self, names.get(i), i);
            if (given == null && self.complete() && self.callee() instanceof Symbol.Type type) {
                given = type.members().all().get(names.get(i));
            }
            if (given == null) {
                return null;
            }
            elements.add(given);
        }
        return elements;
    }

    /** Whether something is called on what it is, and not on what it has. */
    static boolean isOfProject(Symbol symbol) {
        return symbol instanceof Made made && (made.callee() instanceof Symbol.Type
                || (made.callee() instanceof Made type && type.callee() instanceof Reference(String dotted, _)
                        && dotted.equals("collections.namedtuple")));
    }
}
