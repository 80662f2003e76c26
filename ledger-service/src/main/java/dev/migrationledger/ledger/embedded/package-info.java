/**
 * The PostgreSQL that the ledger brings along, for whoever names none: {@link EmbeddedPostgres} is the whole of it, and
 * {@code EmbeddedConfig} says when it is used. One folder holds everything:
 * <pre>
 * ledger.lock             held while a ledger uses the folder
 * password                of the only user
 * connection.properties   url, user and password for other programs on this machine
 * postgresql.log          what PostgreSQL itself says
 * programs/18.6.0/        its programs, unpacked once
 * data/                   its data
 * </pre>
 */
@NullMarked
package dev.migrationledger.ledger.embedded;

import org.jspecify.annotations.NullMarked;
