/** Files that say what a test expects: rewritten with {@code -Dgolden.update=true} alone. */
@NullMarked
package dev.migrationledger.testsupport.golden;

import org.jspecify.annotations.NullMarked;
