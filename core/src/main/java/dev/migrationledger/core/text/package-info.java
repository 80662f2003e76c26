/** What several packages need to know about texts that people type: {@link dev.migrationledger.core.text.EditDistance}. */
@NullMarked
package dev.migrationledger.core.text;

import org.jspecify.annotations.NullMarked;
