package dev.migrationledger.ledger.author;

import dev.migrationledger.contracts.revision.Author;
import dev.migrationledger.contracts.revision.RevisionAuthors;
import dev.migrationledger.ledger.identity.VerifiedAddresses;
import dev.migrationledger.ledger.identity.people.People;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Who wrote files, and whom of them the ledger knows: those who signed in with an address of mail that the issuer verified. */
public final class KnownAuthors {

    private final FileAuthorsView files;
    private final VerifiedAddresses addresses;

    KnownAuthors(FileAuthorsView files, VerifiedAddresses addresses) {
        this.files = files;
        this.addresses = addresses;
    }

    /**
     * Who wrote a file.
     *
     * @param generated whether the migration tool writes a merge in exactly these bytes
     * @param names of its authors, as Git has them; absent: they are not known
     * @param people those of them whom the ledger knows
     */
    public record FileOrigin(boolean generated, @Nullable List<String> names, Set<String> people) {
        public FileOrigin {
            names = names == null ? null : List.copyOf(names);
            people = Set.copyOf(people);
        }
    }

    /** By digest; files without known authors or origin are left out. */
    public Map<String, FileOrigin> of(String project, Collection<String> digests) {
        Map<String, RevisionAuthors> known = files.of(project, digests);
        Map<String, FileOrigin> origins = new TreeMap<>();
        if (!known.isEmpty()) {
            Map<String, Set<String>> people = addresses.people();
            known.forEach((digest, file) -> origins.put(digest, origin(file, people)));
        }
        return origins;
    }

    private static FileOrigin origin(RevisionAuthors file, Map<String, Set<String>> people) {
        List<Author> authors = file.authors();
        if (authors == null) {
            return new FileOrigin(file.generated(), null, Set.of());
        }
        Set<String> known = new TreeSet<>();
        authors.forEach(one -> known.addAll(people.getOrDefault(People.address(one.address()), Set.of())));
        return new FileOrigin(file.generated(),
                authors.stream().map(one -> one.name().isEmpty() ? one.address() : one.name()).distinct().toList(),
                known);
    }

    /** Whether the ledger could tell that a person is an author. */
    public boolean couldKnow(String person) {
        return addresses.has(person);
    }

    /** By project, a mark that changes with anything that {@link #of} answers, except who people are. */
    public Map<String, Long> marks() {
        return files.marks();
    }

    /** Changes with who people are. */
    public String mark() {
        return addresses.mark();
    }
}
