package dev.migrationledger.agent.python.syntax;

import dev.migrationledger.contracts.unread.SyntaxError.Rule;

/** An expression is so deep or so long that it is data or hostile: it is passed over instead of being read. */
final class ExpressionTooLarge extends Malformed {
    private static final long serialVersionUID = 1L;

    ExpressionTooLarge(int position) {
        super(position, Rule.EXPRESSION_SIZE);
    }
}
