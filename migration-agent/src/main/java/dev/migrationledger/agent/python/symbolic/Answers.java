package dev.migrationledger.agent.python.symbolic;

import dev.migrationledger.agent.python.symbolic.Answer.Chosen;
import dev.migrationledger.agent.python.symbolic.Answer.Count;
import dev.migrationledger.agent.python.symbolic.Answer.Form;
import dev.migrationledger.agent.python.symbolic.Answer.Holds;
import dev.migrationledger.agent.python.symbolic.Answer.Match;
import dev.migrationledger.agent.python.symbolic.Answer.Matches;
import dev.migrationledger.agent.python.symbolic.Answer.Objects;
import dev.migrationledger.agent.python.symbolic.Answer.One;
import dev.migrationledger.agent.python.symbolic.Answer.Row;
import dev.migrationledger.agent.python.symbolic.Answer.Single;
import dev.migrationledger.agent.python.symbolic.Answer.Some;
import dev.migrationledger.agent.python.symbolic.Symbol.Answered;
import dev.migrationledger.agent.python.symbolic.Symbol.Items;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What operators, methods and functions make of what the schema answers. Absent results are not to be known. */
final class Answers {

    private Answers() {}

    private static Symbol of(Answer answer) {
        return new Answered(answer);
    }

    static Symbol holds(Guard guard) {
        return guard.isAlways() || guard.equals(Guard.Any.NEVER)
                ? new Symbol.Truth(guard.isAlways())
                : of(new Holds(guard));
    }

    /** On which condition Python takes it for true. */
    static Guard guard(Symbol symbol) {
        if (symbol instanceof Answered(Answer answer)) {
            return switch (answer) {
                case Holds(Guard guard) -> guard;
                case Some(Guard guard) -> guard;
                case One(Guard guard) -> guard;
                case Count(Guard guard) -> guard;
                case Chosen chosen -> chosen.any();
                case Single _,Row _ -> Guard.All.ALWAYS;
                case Match(Guard guard, boolean same) when same -> guard.and(Guard.Open.MATCHED);
                case Objects objects when objects.form() == Form.ENTRY -> Guard.All.ALWAYS;
                case Objects _,Match _,Matches _ -> Guard.Open.PERHAPS;
            };
        }
        Boolean truth = SymbolOperators.truth(symbol);
        return truth == null ? Guard.Open.PERHAPS : truth ? Guard.All.ALWAYS : Guard.Any.NEVER;
    }

    private static boolean isEntry(Symbol symbol) {
        return symbol instanceof Answered(Objects objects) && objects.form() == Form.ENTRY;
    }

    /** Whether the schema alone decides if Python takes it for true. */
    static boolean decides(Symbol symbol) {
        return symbol instanceof Answered(Answer answer) && !(answer instanceof Match) && !isEntry(symbol)
                && !(guard(symbol) instanceof Guard.Open open && open != Guard.Open.TRIED && open != Guard.Open.CAUGHT);
    }

    static @Nullable Symbol method(
            Answer answer, String method, Arguments arguments, RuntimeAssumptions assumptions) {
        Symbol result = assumptions.result(answer, method);
        if (result != null) {
            return result;
        }
        return switch (answer) {
            case Row(Symbol value) -> switch (method) {
                case "get", "__getitem__" -> value;
                case "values" -> new Items(Items.Kind.LIST, List.of(value));
                default -> null;
            };
            case Objects objects -> method(objects, method, arguments, assumptions);
            case Chosen chosen -> switch (method) {
                case "copy" -> of(chosen);
                case "__contains__" -> arguments.size() == 1
                        ? NameSets.held(inside(arguments.positional().getFirst(), chosen))
                        : null;
                default -> null;
            };
            case Some _,Single _,Holds _,One _,Count _,Match _,Matches _ -> null;
        };
    }

    private static @Nullable Symbol method(
            Objects objects, String method, Arguments arguments, RuntimeAssumptions assumptions) {
        String key = NameSets.name(arguments.at(0), assumptions);
        return switch (objects.form()) {
            case ENTRIES -> null;
            case NAMES -> switch (method) {
                case "copy", "keys" -> of(objects);
                case "get" -> key == null ? null : of(new One(objects.has(key)));
                case "count" -> key == null ? null : of(new Count(objects.has(key)));
                case "__contains__" -> key == null ? null : of(new Holds(objects.has(key)));
                default -> NameSets.method(of(objects), method, arguments, assumptions);
            };
            case ENTRY -> method.equals("get") && key != null ? at(objects, new Symbol.Text(key), assumptions) : null;
            case NAME -> List.of("lower", "casefold", "strip").contains(method) ? of(objects) : null;
        };
    }

    static @Nullable Symbol attribute(Answer answer, String name, RuntimeAssumptions assumptions) {
        if (answer instanceof Row(Symbol value)) {
            return value;
        }
        return answer instanceof Objects objects ? at(objects, new Symbol.Text(name), assumptions) : null;
    }

    /** {@code entry["name"]}, {@code row[0]}, {@code row.column_name}. */
    static @Nullable Symbol at(Answer answer, Symbol key, RuntimeAssumptions assumptions) {
        if (answer instanceof Row(Symbol value)) {
            return key instanceof Symbol.Text ? value : null;
        }
        if (!(answer instanceof Objects objects) || objects.form() != Form.ENTRY) {
            return null;
        }
        boolean first = key instanceof Symbol.Numeral numeral && numeral.whole() != null && numeral.whole() == 0;
        boolean named = key instanceof Symbol.Text(String name, _)
                && (name.equals("name") || assumptions.isNameColumn(objects.kind(), name));
        return first || named ? of(objects.as(Form.NAME)) : null;
    }

    /** What a loop goes through. */
    static @Nullable Symbol element(Symbol symbol) {
        if (!(symbol instanceof Answered(Objects objects))) {
            return null;
        }
        return switch (objects.form()) {
            case ENTRIES -> of(objects.as(Form.ENTRY));
            case NAMES -> of(objects.as(Form.NAME));
            case ENTRY, NAME -> null;
        };
    }

    /**
     * The list, set or dict that a comprehension makes.
     *
     * @param from what it goes through
     * @param element what it makes of each, of a dict its key
     * @param condition which are taken; absent: all
     */
    static @Nullable Symbol collected(Symbol from, Symbol element, @Nullable Symbol condition) {
        if (!(from instanceof Answered(Objects _))) {
            return null;
        }
        if (condition != null) {
            boolean counted = element instanceof Answered(Objects _)
                    || Boolean.TRUE.equals(SymbolOperators.truth(element));
            return counted && condition instanceof Answered(Match(Guard guard, boolean same)) && same
                    ? of(new Some(guard))
                    : null;
        }
        return switch (element) {
            // Pairs of which a dict is made.
            case Items pair when pair.values().size() == 2 && pair.kind() == Items.Kind.TUPLE
                    && pair.values().getFirst() instanceof Answered(Objects one) && one.form() == Form.NAME ->
                of(one.as(Form.NAMES));
            case Answered(Match(Guard guard, boolean same)) -> of(new Matches(guard, same));
            case Answered(Objects one) when one.form() == Form.NAME -> of(one.as(Form.NAMES));
            case Answered(Objects one) when one.form() == Form.ENTRY -> of(one.as(Form.ENTRIES));
            default -> null;
        };
    }

    /** What an empty container becomes in a loop each of whose rounds puts a name, or what describes an object, into it. */
    static @Nullable Symbol gathered(Symbol container, @Nullable Symbol element) {
        return Boolean.FALSE.equals(SymbolOperators.truth(container)) && element instanceof Answered(Objects one)
                ? one.form() == Form.NAME
                        ? of(one.as(Form.NAMES))
                        : one.form() == Form.ENTRY ? of(one.as(Form.ENTRIES)) : null
                : null;
    }

    static @Nullable Symbol call(String function, Arguments arguments) {
        Symbol first = arguments.at(0);
        if (first instanceof Items items && List.of("builtins.any", "builtins.all").contains(function)
                && items.values().stream().anyMatch(Answers::decides)) {
            List<Guard> guards = items.values().stream().map(Answers::guard).toList();
            return holds(function.endsWith("any") ? Guard.any(guards) : Guard.all(guards));
        }
        if (!(first instanceof Answered(Answer answer))) {
            return null;
        }
        return switch (function) {
            case "builtins.bool" -> decides(first) ? holds(guard(first)) : null;
            case "builtins.len" -> answer instanceof Some || answer instanceof Chosen
                    ? of(new Count(guard(first)))
                    : null;
            case "builtins.sum" -> answer instanceof Some(Guard guard) ? of(new Count(guard)) : null;
            case "builtins.int" -> answer instanceof Holds(Guard guard) ? of(new Count(guard)) : null;
            case "builtins.any" -> switch (answer) {
                case Some(Guard guard) -> holds(guard);
                case Chosen chosen -> holds(chosen.any());
                case Matches(Guard guard, boolean same) -> same ? holds(guard) : null;
                case Holds _,One _,Count _,Single _,Row _,Objects _,Match _ -> null;
            };
            case "builtins.all" -> answer instanceof Matches(Guard guard, boolean same) && !same
                    ? holds(guard.not())
                    : null;
            case "builtins.next" -> answer instanceof Some(Guard guard) && arguments.at(1) == Symbol.None.NONE
                    ? of(new One(guard))
                    : null;
            case "builtins.set", "builtins.list", "builtins.tuple", "builtins.frozenset", "builtins.sorted",
                    "builtins.iter", "builtins.dict" ->
                answer instanceof Some || answer instanceof Chosen || isList(answer) ? first : null;
            case "builtins.str" -> answer instanceof Objects one && one.form() == Form.NAME ? first : null;
            default -> null;
        };
    }

    private static boolean isList(Answer answer) {
        return answer instanceof Objects objects && (objects.form() == Form.NAMES || objects.form() == Form.ENTRIES);
    }

    static @Nullable Symbol compare(
            String operator, Symbol left, Symbol right, RuntimeAssumptions assumptions) {
        Guard guard = switch (operator) {
            case "in" -> inside(left, right, assumptions);
            case "not in" -> negated(inside(left, right, assumptions));
            case "is", "==" -> equal(left, right);
            case "is not", "!=" -> negated(equal(left, right));
            case ">" -> counted(left, right, 0);
            case ">=" -> either(NameSets.subset(right, left, assumptions), counted(left, right, 1));
            case "<" -> negated(counted(left, right, 1));
            case "<=" -> either(NameSets.subset(left, right, assumptions), negated(counted(left, right, 0)));
            default -> null;
        };
        if (guard != null) {
            return holds(guard);
        }
        return operator.equals("==") || operator.equals("!=")
                ? match(left, right, operator.equals("=="), assumptions)
                : null;
    }

    private static @Nullable Guard negated(@Nullable Guard guard) {
        return guard == null ? null : guard.not();
    }

    private static @Nullable Guard either(@Nullable Guard one, @Nullable Guard other) {
        return one == null ? other : one;
    }

    private static @Nullable Guard inside(Symbol value, Symbol list, RuntimeAssumptions assumptions) {
        if (list instanceof Answered(Chosen chosen)) {
            return inside(value, chosen);
        }
        String name = NameSets.name(value, assumptions);
        return list instanceof Answered(Objects objects) && objects.form() == Form.NAMES && name != null
                ? objects.has(name)
                : null;
    }

    private static @Nullable Guard inside(Symbol value, Chosen chosen) {
        List<Guard> same = new ArrayList<>();
        for (Chosen.Element element : chosen.elements()) {
            Boolean equal = SymbolOperators.equal(element.value(), value);
            if (equal == null) {
                return null;
            }
            if (equal) {
                same.add(element.guard());
            }
        }
        return Guard.any(same);
    }

    private static @Nullable Guard equal(Symbol left, Symbol right) {
        if (!(left instanceof Answered(Answer answer))) {
            return right instanceof Answered ? equal(right, left) : null;
        }
        return switch (answer) {
            case One(Guard guard) -> right == Symbol.None.NONE ? guard.not() : null;
            case Holds(Guard guard) -> right instanceof Symbol.Truth(boolean truth)
                    ? truth ? guard : guard.not()
                    : null;
            case Count(Guard guard) -> right instanceof Symbol.Numeral numeral && numeral.whole() != null
                    ? numeral.whole() == 0 ? guard.not() : numeral.whole() == 1 ? guard : null
                    : null;
            case Some _,Chosen _ -> right instanceof Items items && items.values().isEmpty() ? guard(left).not() : null;
            case Single _,Row _,Objects _,Match _,Matches _ -> null;
        };
    }

    /** Whether a number is above another, which is the highest that no object gives. */
    private static @Nullable Guard counted(Symbol left, Symbol right, long bound) {
        return left instanceof Answered(Count(Guard guard)) && right instanceof Symbol.Numeral numeral
                && numeral.whole() != null && numeral.whole() == bound ? guard : null;
    }

    private static @Nullable Symbol match(
            Symbol left, Symbol right, boolean same, RuntimeAssumptions assumptions) {
        if (right instanceof Answered && !(left instanceof Answered)) {
            return match(right, left, same, assumptions);
        }
        String name = NameSets.name(right, assumptions);
        return left instanceof Answered(Objects one) && one.form() == Form.NAME && name != null
                ? of(new Match(one.has(name), same))
                : null;
    }

    /** One of several values, and on which condition it is that one. */
    record Choice(Guard guard, Symbol value) {}

    /**
     * What stands for one of several values; absent where only running it would tell.
     *
     * @param choices of which exactly one is taken
     */
    static @Nullable Symbol chosen(List<Choice> choices) {
        List<Choice> left = new ArrayList<>(choices);
        boolean caught = left.removeIf(choice -> saysNothing(choice, choices));
        if (left.isEmpty()) {
            return null;
        }
        Symbol first = left.getFirst().value();
        if (left.stream().allMatch(choice -> choice.value().equals(first))) {
            return first;
        }
        List<Guard> guards = new ArrayList<>();
        for (Choice choice : left) {
            Symbol value = choice.value();
            boolean known = decides(value) || isEntry(value) || value instanceof Symbol.Truth
                    || value == Symbol.None.NONE;
            if (!known) {
                return null;
            }
            guards.add((caught ? choice.guard().withoutTries() : choice.guard()).and(guard(value)));
        }
        boolean object = left.stream().noneMatch(choice -> choice.value() instanceof Symbol.Truth
                || choice.value() instanceof Answered(Holds _));
        return object ? of(new One(Guard.any(guards))) : holds(Guard.any(guards));
    }

    /**
     * An empty value where an exception was caught, or the table is missing, whose parts another value lists: a table that is
     * missing has none.
     */
    private static boolean saysNothing(Choice choice, List<Choice> all) {
        return Boolean.FALSE.equals(SymbolOperators.truth(choice.value()))
                && all.stream().anyMatch(other -> other.value() instanceof Answered(Answer answer)
                        && (choice.guard().parts().contains(Guard.Open.CAUGHT)
                                || (isList(answer) && other.guard() == Guard.Open.ROUND)
                                || (answer instanceof Objects objects && objects.table() != null
                                        && choice.guard().parts().stream().anyMatch(
                                                part -> part instanceof Guard.Found found && !found.there()
                                                        && found.object().isTable(objects)))));
    }
}
