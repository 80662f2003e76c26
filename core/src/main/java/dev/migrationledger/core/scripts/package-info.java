/**
 * Makes a finding, with its sentence and its evidence, of what is wrong with scripts. Start with {@link ScriptFindings}; a new kind of
 * problem gets its sentence in the class of its family.
 */
@NullMarked
package dev.migrationledger.core.scripts;

import org.jspecify.annotations.NullMarked;
