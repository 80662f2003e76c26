package dev.migrationledger.agent.python.syntax;

import dev.migrationledger.contracts.unread.SyntaxError.Rule;

/** What may stand left of an equals sign. */
final class Targets {

    private Targets() {}

    /** The expression itself, if something can be bound to it. */
    static Expression checked(Expression target) throws Malformed {
        if (!canBeBound(target)) {
            throw new Malformed(target.place().start(), Rule.ASSIGNMENT_TARGET);
        }
        return target;
    }

    private static boolean canBeBound(Expression target) {
        if (target instanceof Expression.Starred starred) {
            return canBeBound(starred.value());
        }
        if (target instanceof Expression.Sequence sequence) {
            return sequence.kind() != Expression.Brackets.SET
                    && sequence.elements().stream().allMatch(Targets::canBeBound);
        }
        return target instanceof Expression.Name
                || target instanceof Expression.Attribute
                || target instanceof Expression.Subscript;
    }
}
