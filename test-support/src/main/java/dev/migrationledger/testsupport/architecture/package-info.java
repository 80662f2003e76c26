/** Rules that several modules keep to. */
@NullMarked
package dev.migrationledger.testsupport.architecture;

import org.jspecify.annotations.NullMarked;
