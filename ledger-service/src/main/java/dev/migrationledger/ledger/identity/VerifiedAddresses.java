package dev.migrationledger.ledger.identity;

import dev.migrationledger.ledger.identity.people.People;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** Which people an issuer verified to have which addresses of mail. */
public final class VerifiedAddresses {

    private final Identities identities;

    VerifiedAddresses(Identities identities) {
        this.identities = identities;
    }

    /** By address, as {@link People#address} writes it: the people who had it in any sign-in. */
    public Map<String, Set<String>> people() {
        Map<String, Set<String>> people = new TreeMap<>();
        identities.known().forEach((person, known) -> known.addresses()
                .forEach(address -> people.computeIfAbsent(address, _ -> new TreeSet<>()).add(person)));
        return people;
    }

    /** Whether a person has one. */
    public boolean has(String person) {
        return people().values().stream().anyMatch(some -> some.contains(person));
    }

    /** Changes with anyone's addresses. */
    public String mark() {
        return Integer.toHexString(people().hashCode());
    }
}
