package dev.migrationledger.agent.python.syntax;

import java.util.List;

/** What a function or class consists of, parsed when it is asked for: reading what a module declares needs none of it. */
@FunctionalInterface
public interface Body {

    /**
     * The statements, each time the same.
     *
     * @throws dev.migrationledger.agent.python.syntax.SyntaxProblem where Python could not read them either
     */
    List<Statement> statements() throws SyntaxProblem;
}
