package dev.migrationledger.agent.python.symbolic;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** A condition on which something happens: what a script asked the schema for, as far as it asked for that alone. */
public sealed interface Guard {

    /** Conditions within one another; what is longer depends on too much to be followed. */
    int LONGEST = 60;

    /** What is not asked of the schema, or not to be known. */
    enum Open implements Guard {
        /** It depends on something else. */
        PERHAPS,
        /** It depends on what the script asks the schema, in a way that cannot be read. */
        ASKED,
        /** A loop that goes through what the schema holds has come to some object. */
        ROUND,
        /** It is the very object that is looked for. */
        MATCHED,
        /** The database refused nothing before in a {@code try} whose handler goes on. */
        TRIED,
        /** An exception was caught in a {@code try} that uses the database. */
        CAUGHT
    }

    /**
     * Whether an object is there.
     *
     * @param asked how many calls the function had made before it asked
     */
    record Found(Sought object, boolean there, int asked) implements Guard {

        /** Whether the other holds wherever this does: what is missing has no parts, and what has parts is there. */
        boolean implies(Found other) {
            return there == other.there()
                    && (object.equals(other.object())
                            || (there ? object.isPartOf(other.object()) : other.object().isPartOf(object)));
        }
    }

    /** Each of them holds. */
    record All(List<Guard> guards) implements Guard {

        /** Nothing has to hold. */
        public static final All ALWAYS = new All(List.of());

        public All {
            guards = List.copyOf(guards);
        }
    }

    /** One of them holds, or more. */
    record Any(List<Guard> guards) implements Guard {

        /** Nothing can hold. */
        public static final Any NEVER = new Any(List.of());

        public Any {
            guards = List.copyOf(guards);
        }
    }

    default boolean isAlways() {
        return this instanceof All all && all.guards().isEmpty();
    }

    /** Whether only what the schema holds decides. */
    default boolean isFound() {
        return switch (this) {
            case Open _ -> false;
            case Found _ -> true;
            case All all -> !all.guards().isEmpty() && all.guards().stream().allMatch(Guard::isFound);
            case Any any -> !any.guards().isEmpty() && any.guards().stream().allMatch(Guard::isFound);
        };
    }

    default Guard not() {
        return switch (this) {
            case Open open -> switch (open) {
                case ASKED -> Open.ASKED;
                case TRIED -> Open.CAUGHT;
                case CAUGHT -> Open.TRIED;
                case PERHAPS, ROUND, MATCHED -> Open.PERHAPS;
            };
            case Found found -> new Found(found.object(), !found.there(), found.asked());
            case All all -> any(all.guards().stream().map(Guard::not).toList());
            case Any any -> all(any.guards().stream().map(Guard::not).toList());
        };
    }

    default Guard and(Guard other) {
        return other.isAlways() ? this : isAlways() ? other : all(List.of(this, other));
    }

    default Guard or(Guard other) {
        return any(List.of(this, other));
    }

    static Guard all(List<Guard> guards) {
        Set<Guard> flat = new LinkedHashSet<>();
        for (Guard guard : guards) {
            if (guard.equals(Any.NEVER)) {
                return Any.NEVER;
            }
            flat.addAll(guard instanceof All all ? all.guards() : List.of(guard));
        }
        if (flat.contains(Open.ROUND) && flat.contains(Open.MATCHED)) {
            // In one of its rounds a loop comes to each object that is there.
            flat.removeAll(Set.of(Open.ROUND, Open.MATCHED));
        }
        return flat.size() == 1 ? flat.iterator().next() : bounded(new All(List.copyOf(flat)));
    }

    static Guard any(List<Guard> guards) {
        Set<Guard> flat = new LinkedHashSet<>();
        for (Guard guard : guards) {
            if (guard.isAlways()) {
                return All.ALWAYS;
            }
            flat.addAll(guard instanceof Any any ? any.guards() : List.of(guard));
        }
        return flat.size() == 1 ? flat.iterator().next() : bounded(new Any(List.copyOf(flat)));
    }

    /** The same, if no exception is caught. */
    default Guard withoutTries() {
        return switch (this) {
            case Open open -> open == Open.TRIED ? All.ALWAYS : open;
            case Found found -> found;
            case All all -> all(all.guards().stream().map(Guard::withoutTries).toList());
            case Any any -> any(any.guards().stream().map(Guard::withoutTries).toList());
        };
    }

    private static Guard bounded(Guard guard) {
        return guard.size() > LONGEST ? Open.PERHAPS : guard;
    }

    private int size() {
        return switch (this) {
            case Open open -> 1;
            case Found found -> 1;
            case All all -> 1 + all.guards().stream().mapToInt(Guard::size).sum();
            case Any any -> 1 + any.guards().stream().mapToInt(Guard::size).sum();
        };
    }

    /** Everything that is asked for, also where it does not decide. */
    default List<Found> questions() {
        return switch (this) {
            case Open open -> List.of();
            case Found found -> List.of(found);
            case All all -> all.guards().stream().flatMap(guard -> guard.questions().stream()).toList();
            case Any any -> any.guards().stream().flatMap(guard -> guard.questions().stream()).toList();
        };
    }

    /**
     * What must hold, each on its own: of alternatives, the one that is left where the others are ruled out. Some may still be
     * alternatives or {@link Open}.
     */
    default Set<Guard> parts() {
        Set<Guard> parts = new LinkedHashSet<>(this instanceof All all ? all.guards() : List.of(this));
        for (boolean changed = true; changed;) {
            changed = false;
            for (Guard part : List.copyOf(parts)) {
                if (part instanceof Any any) {
                    Guard left = left(any, parts);
                    if (!left.equals(part)) {
                        parts.remove(part);
                        parts.addAll(left instanceof All all ? all.guards() : List.of(left));
                        changed = true;
                    }
                }
            }
        }
        return parts;
    }

    private static Guard left(Any any, Set<Guard> others) {
        List<Guard> left = new ArrayList<>();
        for (Guard one : any.guards()) {
            List<Guard> all = one instanceof All conjunction ? conjunction.guards() : List.of(one);
            if (all.stream().allMatch(guard -> follows(guard, others))) {
                return All.ALWAYS;
            }
            boolean ruledOut = all.stream().anyMatch(guard -> guard instanceof Found && follows(guard.not(), others));
            boolean covered = any.guards().stream().anyMatch(
                    other -> one instanceof Found found && other instanceof Found wider && !other.equals(one)
                            && found.implies(wider));
            if (!ruledOut && !covered) {
                left.add(one);
            }
        }
        return any(left);
    }

    private static boolean follows(Guard guard, Set<Guard> others) {
        return guard instanceof Found found
                && others.stream().anyMatch(other -> other instanceof Found known && known.implies(found));
    }
}
