@NullMarked
package dev.migrationledger.core.drawing;

import org.jspecify.annotations.NullMarked;
