/**
 * The one language of search boxes, addresses and command lines: {@code kind:stamped environment:production since:monday -actor:ci "free text"}.
 * Start with {@link dev.migrationledger.core.query.QueryLanguage}.
 *
 * <p>A language is a list of keys, declared by who uses it. A query is a list of terms, and all of them have to hold. A term is a key with values, where
 * one of the values has to hold, or a free text; {@code -} before it turns it around. What the values mean is the business of who declared the keys.
 * Mistakes are {@code QueryProblem}s, each with its place in the text.
 *
 * <p>To add a kind of values, give {@code QueryKey.Kind} and {@code Term} a record each, and read it in {@code ValueReader}.
 */
@NullMarked
package dev.migrationledger.core.query;

import org.jspecify.annotations.NullMarked;
