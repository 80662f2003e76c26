package dev.migrationledger.agent.database;

import dev.migrationledger.agent.database.capture.CaptureInstallation;
import dev.migrationledger.agent.database.capture.CaptureRemoval;
import dev.migrationledger.agent.database.capture.CaptureStatus;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Installs, removes and inspects capture in one database. Nothing else of an agent writes to a watched database. */
public interface CaptureControl {

    /**
     * Installs, upgrades or repairs.
     *
     * @param readers roles that may read what is captured, besides the owner
     * @param keep how many changes are kept at most; absent: as it is
     * @param owner the role that capture belongs to, and whose code is trusted; absent: the role that connects
     */
    CaptureInstallation install(List<String> readers, @Nullable Integer keep, @Nullable String owner)
            throws ObservationException;

    /**
     * Removes all of it, unless that would lose changes.
     *
     * @param evenUndelivered whether changes may be lost that no ledger has yet
     */
    CaptureRemoval uninstall(boolean evenUndelivered) throws ObservationException;

    CaptureStatus status() throws ObservationException;
}
