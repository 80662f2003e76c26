/**
 * What several packages need to know about texts that people type or change: {@link dev.migrationledger.core.text.EditDistance}, and {@link
 * dev.migrationledger.core.text.LineDiff} for what became of lines.
 */
@NullMarked
package dev.migrationledger.core.text;

import org.jspecify.annotations.NullMarked;
