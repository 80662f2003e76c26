@NullMarked
package dev.migrationledger.core.text;

import org.jspecify.annotations.NullMarked;
