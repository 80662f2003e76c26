@NullMarked
package dev.migrationledger.agent.merge;

import org.jspecify.annotations.NullMarked;
