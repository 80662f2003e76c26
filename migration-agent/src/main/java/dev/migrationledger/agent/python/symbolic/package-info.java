/**
 * Follows Python without running it: literals are computed, names looked up, functions of the project and literal loops followed;
 * whatever comes from elsewhere stays a symbol. Start with {@link
 * dev.migrationledger.agent.python.symbolic.EvaluatedModule}, and {@link
 * dev.migrationledger.agent.python.symbolic.Symbol} for what comes out. {@code Execution} runs statements, {@code
 * Evaluation} expressions, {@code Calls} what is called; {@code RuntimeAssumptions} is passed in and says what is known of libraries and of the run. What a script asks the schema is an {@code
 * Answer}: {@code Answers} reads it, {@code NameSets}, {@code Mapped} and {@code Patterns} follow it through sets, functions and {@code
 * match}, and {@code SchemaQuestions} remembers what they could not read. To compute one more function or method, add it to {@code Builtins}, {@code TextMethods} or {@code ContainerMethods}. Pure:
 * other files are asked of {@link dev.migrationledger.agent.python.symbolic.ImportedNames}.
 */
@NullMarked
package dev.migrationledger.agent.python.symbolic;

import org.jspecify.annotations.NullMarked;
