/**
 * Says to open pages which projects and environments changed, by server-sent events. {@code ChangeFeed} follows the log, {@code ChangeStreams} has a thread for
 * each open stream, and {@code StreamController} is the address. No content is sent: a page that is concerned asks for itself again.
 */
@NullMarked
package dev.migrationledger.ledger.live;

import org.jspecify.annotations.NullMarked;
