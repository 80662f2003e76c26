/** The sentences for problems of scripts. */
@NullMarked
package dev.migrationledger.core.scripts;

import org.jspecify.annotations.NullMarked;
