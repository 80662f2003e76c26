/**
 * What a module does, written in one way, however its source is laid out. Start with {@link
 * dev.migrationledger.agent.python.canonical.CanonicalCode}; two modules with one canonical text do the same.
 *
 * <p>The text is the syntax tree in ASCII: a node is {@code (kind child child …)}, a text or name stands in double quotes with JSON's escapes, an
 * absent child is {@code -}, and a list is {@code [child …]}. {@code op.drop_table('a')} is {@code (call (attribute (name "op")
 * "drop_table") [(text "a")])}.
 *
 * <p>What never changes the text, because Python drops it before a module runs: comments ({@code # type:} and {@code # noqa} included), blank
 * lines, indentation, line ends and joined lines, the quotes of a string and its prefix where the value is the same, strings that are written
 * in several pieces, brackets that change no grouping, commas after a last element, {@code elif} for an {@code if} alone in an {@code else},
 * the notation of a number ({@code 0x10}, {@code 1_000}, {@code 1e3} for {@code 1000.0}) and semicolons.
 *
 * <p>What does not change it, because running it does nothing: {@code pass}, strings and other constants that stand alone, docstrings among
 * them, annotations of variables inside functions, and annotations outside of classes that are constants or name a built-in type, as
 * {@code -> None} and {@code x: str} do. Where a module looks at docstrings, annotations or its own code ({@code __doc__}, {@code signature},
 * {@code eval} …), these count too. Annotations of a decorated function always count.
 *
 * <p>Everything else changes it, also what most often is harmless: another annotation ({@code Union[str, None]} is evaluated and can fail), the
 * order of statements, imports and keyword arguments, unused names, {@code 1} for {@code 1.0}, {@code return None} for {@code return}, the text
 * of SQL. Two texts that differ therefore say only that the modules may do different things. A pattern of {@code match}, type parameters and
 * lists of thousands of elements are compared as they are written.
 *
 * <p>Pure; nothing here knows what a name stands for. To cover one more form, write its record in {@code StatementWriter} or
 * {@code ExpressionWriter}, and raise the form of whoever makes digests of the text.
 */
@NullMarked
package dev.migrationledger.agent.python.canonical;

import org.jspecify.annotations.NullMarked;
