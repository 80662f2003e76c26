/**
 * What every session in a watched database needs: names that mean the server's own objects, and no code of anybody else. The
 * database may belong to somebody who must not get the rights of the role that watches it. Start with {@link
 * dev.migrationledger.agent.database.postgresql.session.PinnedTransaction}.
 */
@NullMarked
package dev.migrationledger.agent.database.postgresql.session;

import org.jspecify.annotations.NullMarked;
