package dev.migrationledger.agent.tool.alembic.python;

import dev.migrationledger.agent.tool.alembic.python.Lines.Piece;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Plain, chained, annotated and augmented assignments. */
record Assignment(String source, Lines lines, Set<String> wanted, ImportedNames imports) {

    /** {@code a = b = c = …}: longer chains are not followed, because each link is looked at once more. */
    private static final int LONGEST_CHAIN = 16;

    void run(Names names, Piece piece, int start, int line) throws Malformed {
        int equals = piece.equals();
        char operator = equals > start ? source.charAt(equals - 1) : '\0';
        if ("+-*/%&|^@<>".indexOf(operator) >= 0) {
            augmented(names, piece, start, line, operator);
            return;
        }
        int targetEnd = piece.colon() >= 0 && piece.colon() < equals ? piece.colon() : equals;
        Target first = Target.parse(source, start, targetEnd);
        if (first == null) {
            return;
        }
        List<Target> targets = new ArrayList<>(List.of(first));
        int from = equals + 1;
        while (targets.size() < LONGEST_CHAIN) {
            Piece rest = lines.piece(from);
            Target next = rest.equals() < 0 ? null : Target.parse(source, from, rest.equals());
            if (next == null) {
                break;
            }
            targets.add(next);
            from = rest.equals() + 1;
        }
        boolean look = targets.stream().flatMap(target -> target.names().stream()).anyMatch(wanted::contains);
        Binding value = Expression.evaluate(
                source, from, piece.end(), line, names, look ? imports : null);
        targets.forEach(target -> target.bind(names, value));
    }

    private void augmented(Names names, Piece piece, int start, int line, char operator) {
        if (!(Target.parse(source, start, piece.equals() - 1) instanceof Target.Name(String name))) {
            return;
        }
        String excerpt = Expression.excerpt(source, start, piece.end());
        Binding right = Expression.evaluate(source, piece.equals() + 1, piece.end(), line, names, null);
        if (operator == '+'
                && names.find(name) instanceof Binding.Known before
                && right instanceof Binding.Known added) {
            try {
                names.bind(name, new Binding.Known(Expression.plus(before.value(), added.value()), line));
                return;
            } catch (Expression.NotKnown e) {
                names.bind(name, new Binding.Unknown(excerpt, e.reason(), line));
                return;
            }
        }
        names.bind(name, new Binding.Unknown(excerpt, "it is computed", line));
    }
}
