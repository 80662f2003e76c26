/**
 * Templates of Mako, such as Alembic's {@code script.py.mako}, rendered without running any Python. Start with {@link
 * dev.migrationledger.agent.tool.alembic.mako.MakoTemplate}: {@code MakoLexer} splits the text as Mako's own lexer does,
 * {@code MakoParser} has the Python in it parsed, {@code TemplateStatements} and {@code TemplateExpressions} evaluate it.
 * What is not known exactly is a {@link dev.migrationledger.agent.tool.alembic.mako.MakoProblem}, never a guess: the result is
 * compared byte for byte with what Alembic writes. To evaluate one more function, add it to {@code PythonFunctions}, {@code
 * TextFunctions} or {@code RegexFunctions}. Pure.
 */
@NullMarked
package dev.migrationledger.agent.tool.alembic.mako;

import org.jspecify.annotations.NullMarked;
