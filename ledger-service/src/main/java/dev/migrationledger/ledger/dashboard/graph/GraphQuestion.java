package dev.migrationledger.ledger.dashboard.graph;

import dev.migrationledger.ledger.page.PageAddress;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * What the address of a project's page asks for. It is all of the page's state, so every link of the page is another question.
 *
 * @param environment to look at; empty: none
 * @param query what revisions are looked for, as {@link RevisionSearch} reads it; empty: none are
 * @param open folds that are open, each {@code newest..oldest}
 * @param from the revision at which the rows begin; empty: at the top
 */
record GraphQuestion(String project, String environment, String query, List<String> open, String from) {

    /** Between the ends of a fold in an address. */
    static final String TO = "..";

    /** No page is clearer with more of them, and an address has to stay short. */
    private static final int MOST_OPEN = 40;

    GraphQuestion {
        query = query.strip();
        open = open.stream().distinct().limit(MOST_OPEN).toList();
    }

    GraphQuestion opening(String fold) {
        List<String> all = new ArrayList<>(open);
        all.add(fold);
        return new GraphQuestion(project, environment, query, all, from);
    }

    GraphQuestion folded() {
        return new GraphQuestion(project, environment, query, List.of(), from);
    }

    GraphQuestion beginning(String revision) {
        return new GraphQuestion(project, environment, query, open, revision);
    }

    GraphQuestion lookingAt(String other) {
        return new GraphQuestion(project, other, query, open, from);
    }

    /** Of the page that answers it. */
    String address() {
        List<String> parameters = new ArrayList<>();
        add(parameters, "environment", environment);
        add(parameters, "q", query);
        open.forEach(one -> add(parameters, "open", one));
        add(parameters, "from", from);
        return PageAddress.project(project) + (parameters.isEmpty() ? "" : "?" + String.join("&", parameters));
    }

    private static void add(List<String> parameters, String name, String value) {
        if (!value.isEmpty()) {
            parameters.add(name + "=" + URLEncoder.encode(value, StandardCharsets.UTF_8));
        }
    }
}
