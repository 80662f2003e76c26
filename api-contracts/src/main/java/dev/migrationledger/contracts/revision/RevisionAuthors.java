package dev.migrationledger.contracts.revision;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Who wrote the file of a revision.
 *
 * @param digest SHA-256 of the file's bytes, in lower-case hexadecimal
 * @param generated whether it is a merge that the migration tool writes in exactly these bytes: then committing it makes no one its author
 * @param authors whom Git names, the latest first; absent: Git does not know
 */
public record RevisionAuthors(String digest, boolean generated, @Nullable List<Author> authors) {
    public RevisionAuthors {
        authors = authors == null ? null : List.copyOf(authors);
    }
}
