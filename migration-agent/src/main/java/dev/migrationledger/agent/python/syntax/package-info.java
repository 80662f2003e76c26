/**
 * Python's grammar, from bytes to trees. Start with {@link dev.migrationledger.agent.python.syntax.Source}, which reads
 * a file statement by statement; what it gives are {@link dev.migrationledger.agent.python.syntax.Statement} and {@link
 * dev.migrationledger.agent.python.syntax.Expression}. Bodies of functions and classes are passed over until they are
 * asked for. Pure; nothing here knows what a name stands for. To read one more form, add its record, read it in {@code Statements},
 * {@code SimpleStatements}, {@code OperatorParser} or {@code Atoms}, and show it in the test's {@code Trees} and {@code trees.py}.
 */
@NullMarked
package dev.migrationledger.agent.python.syntax;

import org.jspecify.annotations.NullMarked;
