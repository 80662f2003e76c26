/**
 * The command {@code scan}: a project's history, read without running it. Start with {@link ScanCommand}.
 */
@NullMarked
package dev.migrationledger.agent.scan;

import org.jspecify.annotations.NullMarked;
