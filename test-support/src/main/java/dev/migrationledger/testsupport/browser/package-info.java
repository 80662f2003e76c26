/** A real browser for tests of pages. */
@NullMarked
package dev.migrationledger.testsupport.browser;

import org.jspecify.annotations.NullMarked;
