package dev.migrationledger.agent.tool.alembic.python.symbolic;

import dev.migrationledger.agent.tool.alembic.python.syntax.Place;
import java.util.HashSet;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;

/** Which values that cannot be known come from what a script asks the schema, and not from anything else. */
final class SchemaQuestions {

    /** Tables of PostgreSQL's catalogs, in a query that is not understood. */
    private static final Pattern CATALOGS = Pattern.compile("(?i)\\binformation_schema\\.|\\bpg_\\w+|\\bto_reg\\w+\\(");

    /** Functions of other packages that look for something. */
    private static final Pattern LOOKING = Pattern.compile("(?i)(^|_)(has|exists?|missing)(_|$)");

    /** Calls within one another are not looked through further down. */
    private static final int DEEPEST = 12;

    /** A call within another counts for so many methods that are called one on the result of the other. */
    private static final int WITHIN = 3;

    /** {@code CAUGHT} too: what the database refuses depends on the schema. */
    private static final Set<Guard.Open> OF_SCHEMA = Set.of(Guard.Open.ASKED, Guard.Open.ROUND, Guard.Open.CAUGHT);

    private final Set<Place> places = new HashSet<>();

    /** Whether the expression that is being evaluated met such a value. */
    private boolean met;

    /** Begins with an expression; what it returns goes to {@link #end}. */
    boolean begin() {
        boolean around = met;
        met = false;
        return around;
    }

    void end(boolean around, Symbol value) {
        met |= isOfSchema(value);
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
    void mark(Place place, Guard guard) {
        if (isOfSchema(guard)) {
            places.add(place);
        }
    }

    /** The same of what the expression that is being evaluated changes. */
    void markChanged(Place place) {
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
            case Symbol.Items items -> items.values().stream().anyMatch(one -> isOfSchema(one, depth + WITHIN));
            case Symbol.Made made -> looks(made)
                    || isOfSchema(made.callee(), depth + 1)
                    || made.positional().stream().anyMatch(one -> isOfSchema(one, depth + WITHIN));
            default -> false;
        };
    }

    private static boolean looks(Symbol.Made made) {
        return switch (made.callee()) {
            case Symbol.Reference(String dotted, _) -> !dotted.startsWith("builtins.") && !dotted.startsWith("os.")
                    && LOOKING.matcher(dotted.substring(dotted.lastIndexOf('.') + 1)).find();
            case Symbol.Member(Symbol on, _) when Lookups.isInspector(on) -> true;
            case Symbol.Member(Symbol on, _) -> Lookups.isConnection(on) && made.positional().stream()
                    .anyMatch(one -> CATALOGS.matcher(Objects.requireNonNullElse(Lookups.sql(one), "")).find());
            default -> false;
        };
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
