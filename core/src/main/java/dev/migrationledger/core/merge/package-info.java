/**
 * Several heads of one history: what each side does and where it ran ({@code MergeContents}), what differs between two looks
 * ({@code MergeDifferences}), which revision brought the heads together and what each environment would do afterwards ({@code MergeOutcome}),
 * and in which orders a rehearsal tries it ({@code RehearsalPlan}). {@code MergeSentences}, {@code MergeAuthorship} and {@code RehearsalSentences} say
 * it in words.
 */
@NullMarked
package dev.migrationledger.core.merge;

import org.jspecify.annotations.NullMarked;
