/**
 * What is wrong with migration scripts, as facts: a kind, a place and values, never a sentence. Start with {@link ScriptProblem}. To add
 * a kind: a record in its family; the compiler names the place in module core that makes its sentence.
 */
@NullMarked
package dev.migrationledger.contracts.scripts;

import org.jspecify.annotations.NullMarked;
