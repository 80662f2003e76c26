package dev.migrationledger.agent.python.symbolic;

import dev.migrationledger.agent.python.syntax.SourceRange;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Which values that cannot be known come from what a script asks the schema, and not from anything else. */
final class SchemaQuestions {

    /** Words in names of functions of other packages that look for something. */
    private static final Set<String> LOOKING = Set.of("has", "exist", "exists", "missing");

    /** Calls within one another are not looked through further down. */
    private static final int DEEPEST = 12;

    /** A call within another counts for so many methods that are called one on the result of the other. */
    private static final int WITHIN = 3;

    /** {@code CAUGHT} too: what the database refuses depends on the schema. */
    private static final Set<Guard.Open> OF_SCHEMA = Set.of(Guard.Open.ASKED, Guard.Open.ROUND, Guard.Open.CAUGHT);

    private final RuntimeAssumptions assumptions;
    private final Set<SourceRange> places = new HashSet<>();

    /** What is known of calls, which are handed around. */
    private final IdentityHashMap<Symbol.Made, Boolean> looks = new IdentityHashMap<>();

    /** Whether the expression that is being evaluated met such a value. */
    private boolean met;

    SchemaQuestions(RuntimeAssumptions assumptions) {
        this.assumptions = assumptions;
    }

    /** Begins with an expression; what it returns goes to {@link #end}. */
    boolean begin() {
        boolean around = met;
        met = false;
        return around;
    }

    void end(boolean around, Symbol value) {
        met = met || isOfSchema(value);
        if (met && value instanceof Symbol.Unknown unknown) {
            places.add(unknown.place());
        }
        met |= around;
    }

    /** A name stands for this. */
    void meet(Symbol.Unknown unknown) {
        met |= isOfSchema(unknown);
    }

    /** What is not known at a place came to be in a loop or branch that depends on the schema. */
    void mark(SourceRange place, Guard guard) {
        if (isOfSchema(guard)) {
            places.add(place);
        }
    }

    /** The same of what the expression that is being evaluated changes. */
    void markChanged(SourceRange place) {
        if (met) {
            places.add(place);
        }
    }

    boolean isOfSchema(Symbol value) {
        return isOfSchema(value, 0);
    }

    private boolean isOfSchema(Symbol value, int depth) {
        if (depth > DEEPEST) {
            return false;
        }
        return switch (value) {
            case Symbol.Answered(Answer.Holds(Guard guard)) -> isOfSchema(guard);
            case Symbol.Answered _ -> true;
            case Symbol.Unknown unknown -> places.contains(unknown.place());
            case Symbol.Member member -> isOfSchema(member.of(), depth + 1);
            case Symbol.Items items -> isAnyOfSchema(items.values(), depth + WITHIN);
            case Symbol.Made made -> looks.computeIfAbsent(made, this::looks)
                    || isOfSchema(made.callee(), depth + 1)
                    || isAnyOfSchema(made.positional(), depth + WITHIN);
            default -> false;
        };
    }

    private boolean isAnyOfSchema(List<Symbol> values, int depth) {
        for (Symbol value : values) {
            if (isOfSchema(value, depth)) {
                return true;
            }
        }
        return false;
    }

    private boolean looks(Symbol.Made made) {
        return switch (made.callee()) {
            case Symbol.Reference(String dotted, _) -> !dotted.startsWith("builtins.") && !dotted.startsWith("os.")
                    && isLooking(dotted.substring(dotted.lastIndexOf('.') + 1));
            case Symbol.Member _ -> assumptions.asksSchema(made);
            default -> false;
        };
    }

    private static boolean isLooking(String function) {
        for (String word : function.split("_", -1)) {
            if (LOOKING.contains(word.toLowerCase(Locale.ROOT))) {
                return true;
            }
        }
        return false;
    }

    private static boolean isOfSchema(Guard guard) {
        return switch (guard) {
            case Guard.Open open -> OF_SCHEMA.contains(open);
            case Guard.Found _ -> true;
            case Guard.All all -> all.guards().stream().anyMatch(
                    one -> isOfSchema(one) && !(one == Guard.Open.CAUGHT && all.guards().contains(Guard.Open.PERHAPS)));
            case Guard.Any any -> any.guards().stream().anyMatch(SchemaQuestions::isOfSchema);
        };
    }

    /** On which condition Python takes a value for true. */
    Guard guard(Symbol value) {
        Guard guard = Answers.guard(value);
        return guard == Guard.Open.PERHAPS && isOfSchema(value) ? Guard.Open.ASKED : guard;
    }
}
