/** Real PostgreSQL servers, shared by the tests of a JVM; each test takes a database of its own. Begin at {@link dev.migrationledger.testsupport.postgresql.TestServer}. */
@NullMarked
package dev.migrationledger.testsupport.postgresql;

import org.jspecify.annotations.NullMarked;
