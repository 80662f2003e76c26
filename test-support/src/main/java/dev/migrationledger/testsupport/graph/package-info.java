/** Histories as tests draw them. */
@NullMarked
package dev.migrationledger.testsupport.graph;

import org.jspecify.annotations.NullMarked;
