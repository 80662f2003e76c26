/**
 * Situations: what happened to a database by real Alembic and by hand, and what the doctor must say then. Each is a folder of {@code
 * src/test/resources/situations}; a new one is a file of steps, explained in {@code src/test/resources/situations/README.md}.
 */
@NullMarked
package dev.migrationledger.agent.doctor.situation;

import org.jspecify.annotations.NullMarked;
