/** Two environments side by side, in words: {@link ComparisonSentences} has the sentences of the terminal and of the page. */
@NullMarked
package dev.migrationledger.core.comparison;

import org.jspecify.annotations.NullMarked;
