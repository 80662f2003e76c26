package dev.migrationledger.contracts.revision;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One migration, as its file declares it.
 *
 * @param revision its id
 * @param parents {@code down_revision}: none for a base, several for a merge point
 * @param dependsOn revisions (or branch labels) that must be there first without being parents
 * @param labels branch labels that this revision itself declares
 * @param message the first line of the file's docstring; absent where it has none
 * @param file relative to the folder that the scan names as its source, with {@code /} between its parts
 * @param digest SHA-256 of the file's bytes, in lower-case hexadecimal. A digest made in another way begins with that way's name and a colon;
 *     the two are never compared
 */
public record Revision(
        String revision,
        List<String> parents,
        List<String> dependsOn,
        List<String> labels,
        @Nullable String message,
        String file,
        String digest) {
    public Revision {
        parents = List.copyOf(parents);
        dependsOn = List.copyOf(dependsOn);
        labels = List.copyOf(labels);
    }

    /** Whether its digest was made in the same way as this one, so that two that are not equal are two files. */
    public boolean isComparableTo(String otherDigest) {
        return form(digest).equals(form(otherDigest));
    }

    private static String form(String digest) {
        return digest.substring(0, digest.indexOf(':') + 1);
    }
}
