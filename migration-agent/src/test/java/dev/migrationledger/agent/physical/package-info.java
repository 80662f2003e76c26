/**
 * How far it is true what is reported of a schema: histories are run by a real Alembic, stopped everywhere, stamped wrongly and
 * damaged. Start with {@link dev.migrationledger.agent.physical.SoundnessTest}.
 */
@NullMarked
package dev.migrationledger.agent.physical;

import org.jspecify.annotations.NullMarked;
