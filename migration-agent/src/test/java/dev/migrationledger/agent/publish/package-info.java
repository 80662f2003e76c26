/** Tests of what is told of scripts. */
@NullMarked
package dev.migrationledger.agent.publish;

import org.jspecify.annotations.NullMarked;
