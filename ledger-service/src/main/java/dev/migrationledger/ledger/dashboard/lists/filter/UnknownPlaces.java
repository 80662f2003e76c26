package dev.migrationledger.ledger.dashboard.lists.filter;

import dev.migrationledger.contracts.audit.QueryWarning;
import dev.migrationledger.core.audit.AuditKeys;
import dev.migrationledger.core.query.ParsedQuery;
import dev.migrationledger.core.query.SearchQuery;
import dev.migrationledger.core.query.Term;
import dev.migrationledger.ledger.audit.search.SearchScope;
import dev.migrationledger.ledger.audit.search.UnknownNames;
import dev.migrationledger.ledger.identity.Caller;
import java.util.List;
import java.util.Set;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Projects and environments in the query of a list that do not exist: an empty list of them must not pass for good news. */
@Component
public class UnknownPlaces {

    private static final Set<String> KEYS = Set.of(AuditKeys.PROJECT, AuditKeys.ENVIRONMENT);

    private final UnknownNames names;

    UnknownPlaces(JdbcClient database) {
        this.names = new UnknownNames(database);
    }

    /** Nothing about a query with mistakes: they come first. */
    public List<QueryWarning> in(ParsedQuery asked, Caller caller) {
        return !asked.isGood()
                ? List.of()
                : names.of(new SearchQuery(asked.query().placed().stream()
                        .filter(it -> it.term() instanceof Term.Matches matches && KEYS.contains(matches.key()))
                        .toList()),
                        SearchScope.of(caller));
    }
}
