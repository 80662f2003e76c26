package dev.migrationledger.ledger.identity;

import java.util.function.Predicate;

/** What a caller may read by now. An answer that takes minutes has to ask again: a role that was withdrawn opens nothing any more. */
public final class ReadAccess {

    private final Identities identities;

    ReadAccess(Identities identities) {
        this.identities = identities;
    }

    /** Whether a project may be read, by what the caller showed at first and by the roles that its person has now. */
    public Predicate<String> projects(Caller caller) {
        ProjectScope shown = caller.scope();
        ProjectScope now = caller instanceof Caller.Person person ? identities.person(person.id()).scope() : shown;
        return project -> shown.has(project) && now.has(project);
    }
}
