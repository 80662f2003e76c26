@NullMarked
package dev.migrationledger.core.merge;

import org.jspecify.annotations.NullMarked;
