package dev.migrationledger.ledger.history;

import dev.migrationledger.contracts.history.Sighting;
import dev.migrationledger.contracts.revision.Revision;

/**
 * One content of a revision's file, in one environment.
 *
 * @param declared as it was scanned last with this content
 * @param last of what is gone, when it was missed
 */
record RevisionContent(Revision declared, Sighting first, Sighting last) {

    /** Tells it from every other of its environment. */
    record Content(String revision, String digest) implements Comparable<Content> {
        @Override
        public int compareTo(Content other) {
            int byRevision = revision.compareTo(other.revision);
            return byRevision != 0 ? byRevision : digest.compareTo(other.digest);
        }

        static Content of(Revision revision) {
            return new Content(revision.revision(), revision.digest());
        }
    }

    RevisionContent again(Revision now, Sighting sighting) {
        return new RevisionContent(now, first, sighting);
    }
}
