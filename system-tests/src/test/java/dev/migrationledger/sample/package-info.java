/**
 * The sample project {@code navbot} as a newcomer runs it: the two executable jars, started as usual, and
 * two databases to watch. Start with {@link Sample}. The story tests stand on it too.
 */
@NullMarked
package dev.migrationledger.sample;

import org.jspecify.annotations.NullMarked;
