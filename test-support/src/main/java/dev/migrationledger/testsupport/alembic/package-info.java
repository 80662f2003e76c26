/** The Python and the Alembic of the machine that runs the tests. A test that needs one is skipped where there is none, and fails with {@code CI=true}. */
@NullMarked
package dev.migrationledger.testsupport.alembic;

import org.jspecify.annotations.NullMarked;
