/** Whether the texts for people are plain English. A word that a newcomer has to decode goes into {@link dev.migrationledger.testsupport.text.AvoidedWords}. */
@NullMarked
package dev.migrationledger.agent.words;

import org.jspecify.annotations.NullMarked;
