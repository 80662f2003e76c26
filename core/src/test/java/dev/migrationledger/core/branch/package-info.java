@NullMarked
package dev.migrationledger.core.branch;

import org.jspecify.annotations.NullMarked;
