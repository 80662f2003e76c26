package dev.migrationledger.ledger.dashboard.lists.filter;

import dev.migrationledger.contracts.audit.QueryWarning;
import dev.migrationledger.core.query.ParsedQuery;
import dev.migrationledger.core.query.QueryKey;
import dev.migrationledger.core.query.QueryProblem;
import dev.migrationledger.core.query.SearchQuery.Place;
import dev.migrationledger.ledger.page.MarkedPart;
import dev.migrationledger.ledger.page.PageAddress;
import java.util.List;
import java.util.stream.Stream;

/**
 * The filter box of a list.
 *
 * @param page the address of the list
 * @param what is listed
 * @param query as it was typed
 * @param parts of the query where it has mistakes or unknown names
 * @param mistakes sentences
 * @param warnings sentences about names that do not exist
 * @param keys that may be used
 */
public record FilterBox(
        String page, String what, String query, List<MarkedPart> parts, List<String> mistakes, List<String> warnings,
        List<QueryKey> keys, List<Example> examples) {

    public FilterBox {
        parts = List.copyOf(parts);
        mistakes = List.copyOf(mistakes);
        warnings = List.copyOf(warnings);
        keys = List.copyOf(keys);
        examples = List.copyOf(examples);
    }

    /** What one may ask. */
    public record Example(String query, String address) {}

    /**
     * The box of a list.
     *
     * @param examples the first one is shown in the empty box
     */
    public static FilterBox of(String page, String what, ParsedQuery asked, List<QueryKey> keys, String... examples) {
        List<Place> places = asked.problems().stream().map(it -> new Place(it.from(), it.to())).toList();
        return new FilterBox(page, what, asked.text(), MarkedPart.of(asked.text(), places),
                asked.problems().stream().map(QueryProblem::sentence).toList(), List.of(), keys,
                Stream.of(examples).map(it -> new Example(it, PageAddress.of(page, "q", it))).toList());
    }

    /** The same box, pointing at names that do not exist. */
    public FilterBox with(List<QueryWarning> unknown) {
        return unknown.isEmpty()
                ? this
                : new FilterBox(page, what, query, MarkedPart.of(query, unknown.stream()
                        .map(it -> new Place(it.from(), it.to())).toList()), mistakes,
                        unknown.stream().map(QueryWarning::sentence).toList(), keys, examples);
    }

    public boolean isGood() {
        return mistakes.isEmpty();
    }

    /** Whether everything is listed. */
    public boolean isEmpty() {
        return query.isBlank();
    }

    public String placeholder() {
        return examples.getFirst().query();
    }
}
