/** Schema objects and effects as tests draw them. */
@NullMarked
package dev.migrationledger.testsupport.schema;

import org.jspecify.annotations.NullMarked;
