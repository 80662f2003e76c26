package dev.migrationledger.agent.python.symbolic;

import dev.migrationledger.agent.python.symbolic.Symbol.Items;
import dev.migrationledger.agent.python.syntax.Expression;
import dev.migrationledger.agent.python.syntax.SourceRange;
import dev.migrationledger.contracts.unread.UnreadReason;
import dev.migrationledger.contracts.unread.ValueReason.UnknownField;
import dev.migrationledger.contracts.unread.ValueReason.UnknownName;
import dev.migrationledger.contracts.unread.ValueReason.UnknownValue;
import dev.migrationledger.contracts.unread.ValueReason.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What expressions stand for. */
final class Evaluation {

    /** Calls that change a database, as they are written. */
    private static final Pattern DOING = Pattern.compile("\\bop\\s*\\.\\s*\\w+\\s*\\(|\\.\\s*exec\\w*\\s*\\(");

    private final Interpreter machine;
    private final Comprehensions comprehensions;
    private final Computation computation;
    private final Subscripts subscripts;

    Evaluation(Interpreter machine) {
        this.machine = machine;
        this.comprehensions = new Comprehensions(machine, this);
        this.computation = new Computation(machine, this);
        this.subscripts = new Subscripts(machine, this);
    }

    Symbol value(Expression expression) {
        if (!machine.enter()) {
            // It may call something.
            machine.report(expression.place(), new UnknownValue(Value.NESTED_TOO_DEEPLY));
            return machine.unknown(expression.place(), new UnknownValue(Value.NESTED_TOO_DEEPLY));
        }
        try {
            boolean around = machine.questions.begin();
            Symbol symbol = evaluated(expression);
            machine.questions.end(around, symbol);
            if (!(expression instanceof Expression.Name)) {
                machine.made(symbol);
            }
            return symbol;
        } finally {
            machine.leave();
        }
    }

    /** A value that is looked into: what it is in another file matters. */
    Symbol content(Expression expression) {
        return content(value(expression));
    }

    Symbol content(Symbol symbol) {
        return symbol instanceof Symbol.Reference reference ? Imports.followed(reference) : symbol;
    }

    private Symbol evaluated(Expression expression) {
        return switch (expression) {
            case Expression.Elided it -> elided(it);
            case Expression.Name it -> name(it);
            case Expression.Text it -> new Symbol.Text(it.text());
            case Expression.Bytes it -> made("builtins.bytes", it.place());
            case Expression.Numeral it -> Numerals.written(it.source());
            case Expression.Constant it -> switch (it.word()) {
                case NONE -> Symbol.None.NONE;
                case TRUE -> new Symbol.Truth(true);
                case FALSE -> new Symbol.Truth(false);
                case ELLIPSIS -> new Symbol.Reference("builtins.Ellipsis");
            };
            case Expression.Formatted it -> formatted(it);
            case Expression.Template it -> unknown(it, new UnknownValue(Value.TEMPLATE_STRING));
            case Expression.Field it -> value(it.value());
            case Expression.Sequence it -> sequence(it);
            case Expression.Dict it -> dict(it);
            case Expression.Attribute it -> attribute(value(it.value()), it.name(), it);
            case Expression.Subscript it -> subscripts.value(it);
            case Expression.Slice it -> unknown(it, new UnknownValue(Value.SLICE));
            case Expression.Call it -> machine.calls.call(it);
            case Expression.Starred it -> value(it.value());
            case Expression.DoubleStarred it -> value(it.value());
            case Expression.Unary it -> computation.unary(it);
            case Expression.Binary it -> computation.binary(it);
            case Expression.Logical it -> computation.logical(it);
            case Expression.Comparison it -> computation.comparison(it);
            case Expression.Conditional it -> computation.conditional(it);
            case Expression.Lambda it -> machine.calls.lambda(it);
            case Expression.Comprehension it -> comprehensions.value(it);
            case Expression.Walrus it -> {
                Symbol value = value(it.value());
                machine.execution.assign(it.target(), value, it.value().place());
                yield value;
            }
            case Expression.Await it -> value(it.value());
            case Expression.Yield it -> yielded(it);
        };
    }

    /** Mostly data; where it may do something to a database, that is told. */
    private Symbol elided(Expression.Elided elided) {
        SourceRange place = elided.place();
        UnreadReason reason = new UnknownValue(Value.TOO_LARGE);
        if (DOING.matcher(place.source().text()).region(place.start(), place.end()).find()) {
            machine.report(place, reason);
        }
        return unknown(elided, reason);
    }

    Symbol unknown(Expression expression, UnreadReason reason) {
        return machine.unknown(expression.place(), reason);
    }

    private Symbol made(String callee, SourceRange place) {
        return new Symbol.Made(new Symbol.Reference(callee), List.of(), Map.of(), true, place);
    }

    private Symbol name(Expression.Name name) {
        Frame frame = machine.frame();
        Binding bound = frame.find(name.name());
        if (bound == null) {
            return frame.module.imported().unbound(name.name(), name.place());
        }
        if (bound.symbol() instanceof Symbol.Unknown unknown) {
            machine.questions.meet(unknown);
            UnreadReason reason = isPassedOn(unknown.reason())
                    ? unknown.reason()
                    : new UnknownName(name.name(), bound.place().line(), otherFile(bound.place()), unknown.reason());
            return new Symbol.Unknown(name.name(), reason, name.place(), unknown.outline(),
                    unknown.plain());
        }
        return imported(bound.symbol());
    }

    /** Of a name that stands for an unknown one the reason is given, but not through how many others it went. */
    private static boolean isPassedOn(UnreadReason reason) {
        UnreadReason cause = reason;
        while (cause != null && !(cause instanceof UnknownName)) {
            cause = cause.cause();
        }
        return cause != null;
    }

    /** Absent: it is in the file that is followed. */
    private @Nullable String otherFile(SourceRange place) {
        return machine.frames.getLast().module.holds(place) ? null : place.source().file();
    }

    /** What functions do with a constant of another file matters; what a module hands on mostly does not. */
    private Symbol imported(Symbol symbol) {
        return machine.follower == null ? symbol : content(symbol);
    }

    Symbol attribute(Symbol of, String name, Expression whole) {
        Symbol watched = machine.assumptions.attribute(of, name);
        if (watched != null) {
            return watched;
        }
        return switch (of) {
            case Symbol.Reference reference -> imported(reference.attribute(name));
            case Symbol.Unknown unknown -> unknown;
            case Symbol.Answered(Answer answer) -> {
                Symbol value = Answers.attribute(answer, name, machine.assumptions);
                yield value == null ? new Symbol.Member(of, name) : value;
            }
            case Symbol.Made made when Instances.isOfProject(made) -> {
                Symbol value = machine.calls.instances().attribute(made, name, whole.place());
                yield value == null ? machine.bounded(new Symbol.Member(of, name), whole.place()) : imported(value);
            }
            case Symbol.Type type -> machine.calls.attribute(type, name);
            case Symbol.Member member when member.of() instanceof Symbol.Type type -> {
                Symbol value = type.members().all().get(member.name());
                yield value != null && name.equals("value")
                        ? value
                        : name.equals("name") ? new Symbol.Text(member.name()) : new Symbol.Member(of, name);
            }
            case Symbol.ProjectPath(String path) -> {
                Symbol value = ProjectFiles.attribute(path, name);
                yield value == null ? new Symbol.Member(of, name) : value;
            }
            default -> machine.bounded(new Symbol.Member(of, name), whole.place());
        };
    }

    private Symbol formatted(Expression.Formatted formatted) {
        StringBuilder text = new StringBuilder();
        Symbol.Unknown unknown = null;
        for (Expression part : formatted.parts()) {
            if (part instanceof Expression.Text literal) {
                text.append(literal.text());
                continue;
            }
            String shown = part instanceof Expression.Field field ? field(field) : null;
            if (shown == null || text.length() + shown.length() > SymbolOperators.LONGEST_TEXT) {
                String written = part.place().excerpt();
                text.append(Symbol.Unknown.HOLE);
                unknown = unknown == null
                        ? machine.unknown(formatted.place(),
                                new UnknownField(written))
                        : unknown;
            } else {
                text.append(shown);
            }
        }
        Symbol known = text.length() > SymbolOperators.LONGEST_TEXT ? null : new Symbol.Text(text.toString());
        return unknown != null
                ? unknown.outlined(known)
                : known != null ? known : unknown(formatted, new UnknownValue(Value.TOO_LARGE));
    }

    private @Nullable String field(Expression.Field field) {
        Symbol value = content(field.value());
        String specification = "";
        if (field.specification() != null) {
            if (!(formatted(field.specification()) instanceof Symbol.Text(String text, _))) {
                return null;
            }
            specification = text;
        }
        return Formats.field(value, field.conversion() == null ? 's' : field.conversion(), specification);
    }

    /** Elements one after the other, those of starred ones among them; absent where one cannot be unpacked. */
    @Nullable
    List<Symbol> elements(List<Expression> expressions) {
        List<Symbol> values = new ArrayList<>();
        boolean known = true;
        for (Expression element : expressions) {
            if (!(element instanceof Expression.Starred starred)) {
                values.add(value(element));
                continue;
            }
            List<Symbol> unpacked = Containers.elements(content(starred.value()));
            known &= unpacked != null && values.size() + unpacked.size() <= SymbolOperators.LONGEST_ITEMS;
            if (known && unpacked != null) {
                values.addAll(unpacked);
            }
        }
        return known ? values : null;
    }

    private Symbol sequence(Expression.Sequence sequence) {
        List<Symbol> values = elements(sequence.elements());
        if (values == null) {
            return unknown(sequence, new UnknownValue(Value.UNPACKS_NO_LIST));
        }
        Items.Kind kind = switch (sequence.kind()) {
            case TUPLE -> Items.Kind.TUPLE;
            case LIST -> Items.Kind.LIST;
            case SET -> Items.Kind.SET;
        };
        return machine.bounded(Containers.items(kind, values), sequence.place());
    }

    private Symbol dict(Expression.Dict expression) {
        List<Symbol.Entry> entries = new ArrayList<>();
        boolean known = true;
        for (Expression.Entry entry : expression.entries()) {
            if (entry.key() != null) {
                Symbol key = content(entry.key());
                entries.add(new Symbol.Entry(key, value(entry.value())));
            } else if (content(entry.value()) instanceof Symbol.Dict spread) {
                entries.addAll(spread.entries());
            } else {
                known = false;
            }
        }
        return known && entries.size() <= SymbolOperators.LONGEST_ITEMS
                ? machine.bounded(new Symbol.Dict(entries), expression.place())
                : unknown(expression, new UnknownValue(Value.UNPACKS_NO_DICT));
    }

    /** What an operation returns on something that another module made. */
    Symbol looked(Symbol on, String method, Symbol argument, Expression whole) {
        if (on instanceof Symbol.Unknown) {
            return on;
        }
        if (on instanceof Symbol.Answered(Answer answer)) {
            Symbol value = method.equals("__getitem__")
                    ? Answers.at(answer, argument, machine.assumptions)
                    : Answers.element(on);
            return value == null ? unknown(whole, new UnknownValue(Value.UNKNOWN_PART)) : value;
        }
        if (!SymbolOperators.isOutside(on)) {
            return unknown(whole, new UnknownValue(Value.UNKNOWN_PART));
        }
        return machine.bounded(
                new Symbol.Made(
                        new Symbol.Member(on, method), List.of(argument), Map.of(), true,
                        whole.place()),
                whole.place());
    }

    private Symbol yielded(Expression.Yield yield) {
        Symbol value = yield.value() == null ? Symbol.None.NONE : value(yield.value());
        List<Symbol> all = yield.from() ? Containers.elements(content(value)) : null;
        if (all != null) {
            machine.frame().yielded.addAll(all);
        } else {
            machine.frame().yielded.add(value);
        }
        return unknown(yield, new UnknownValue(Value.SENT_TO_GENERATOR));
    }
}
