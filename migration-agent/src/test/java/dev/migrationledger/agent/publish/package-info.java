/** Tests of what is reported of scripts. */
@NullMarked
package dev.migrationledger.agent.publish;

import org.jspecify.annotations.NullMarked;
