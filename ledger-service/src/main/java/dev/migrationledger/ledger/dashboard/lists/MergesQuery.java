package dev.migrationledger.ledger.dashboard.lists;

import dev.migrationledger.contracts.merge.MergeProposal;
import dev.migrationledger.ledger.dashboard.lists.filter.ListCursor;
import dev.migrationledger.ledger.dashboard.lists.filter.ListFilter;
import dev.migrationledger.ledger.dashboard.lists.filter.ListKey;
import dev.migrationledger.ledger.dashboard.lists.filter.ListKeys;
import dev.migrationledger.ledger.identity.ProjectScope;
import dev.migrationledger.ledger.merge.Merges;
import java.sql.Timestamp;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Merges that the filter box finds. */
@Component
class MergesQuery {

    /** Without it, those that are not over are listed. */
    private static final String STATE = "state";

    private static final String ID = "id";

    private static final String HEADS = "array(select side ->> 'head' from json_array_elements(m.facts -> 'content' -> 'sides') side)";

    private static final String REVISIONS = """
            array(select one -> 'declared' ->> 'revision' from json_array_elements(m.facts -> 'content' -> 'sides') side,
                json_array_elements(side -> 'revisions') one
                union all select m.facts -> 'written' ->> 'revision')""";

    static final ListKeys KEYS = new ListKeys(
            "concat_ws(' ', m.project, m.facts ->> 'by', array_to_string(%s, ' '))".formatted(HEADS),
            Stream.concat(Stream.of(
                    ListKey.text("project", "The project.", "m.project"),
                    ListKey.words(STATE, "What became of it. Without this key, those that are not over are listed.",
                            states()),
                    ListKey.text("by", "Who proposed it.",
                            "m.facts ->> 'by'", "actor"),
                    ListKey.anyOf("approver", "Who approved it.",
                            "array(select one ->> 'by' from json_array_elements(m.facts -> 'approvals') one)"),
                    ListKey.anyOf("head", "A head that it brings together with others.", HEADS),
                    ListKey.anyOf("revision", "A revision of one of its sides, or the one that merges them.",
                            REVISIONS, "rev"),
                    ListKey.anyOf("environment", "Where it was applied.",
                            "array(select one ->> 'environment' from json_array_elements(m.facts -> 'applied') one)",
                            "env"),
                    ListKey.text(ID, "Its id.", "m.merge::text")),
                    ListKey.times("m.proposed_at", "m.proposed_at").stream()).toList());

    private final JdbcClient database;
    private final Merges merges;

    MergesQuery(JdbcClient database, Merges merges) {
        this.database = database;
        this.merges = merges;
    }

    private static Map<String, String> states() {
        Map<String, String> states = new LinkedHashMap<>();
        for (MergeProposal.Status status : MergeProposal.Status.values()) {
            String word = word(status);
            states.put(word, "m.facts ->> 'status' = '%s'".formatted(word));
        }
        states.put("all", "true");
        return states;
    }

    /** As a query has it. */
    static String word(MergeProposal.Status status) {
        return switch (status) {
            case OPEN -> "open";
            case REJECTED -> "rejected";
            case WITHDRAWN -> "withdrawn";
            case APPLIED -> "applied";
            case OBSOLETE -> "obsolete";
        };
    }

    /** Whether a list has those that are over, too. */
    static boolean listsAll(ListFilter filter) {
        return filter.uses(STATE) || filter.uses(ID);
    }

    /**
     * The newest first.
     *
     * @param before the last one of the page before; absent: the first page
     */
    List<MergeProposal> merges(ProjectScope scope, ListFilter filter, @Nullable ListCursor before, int limit) {
        boolean every = listsAll(filter);
        Map<String, List<UUID>> ids = new LinkedHashMap<>();
        List<UUID> order = new ArrayList<>();
        database.sql("select project, merge from ledger.merge m where " + ProjectScope.IN_SCOPE
                + (every ? "" : " and m.open") + filter.condition()
                + (before == null ? "" : " and (m.proposed_at, m.merge) < (:beforeTime, :beforeId)")
                + " order by m.proposed_at desc, m.merge desc limit :limit")
                .param("projects", scope.names())
                .params(filter.parameters())
                .param("beforeTime", before == null ? null : Timestamp.from(before.instant(0)))
                .param("beforeId", before == null ? null : before.uuid(1))
                .param("limit", limit)
                .query(row -> {
                    UUID id = row.getObject(2, UUID.class);
                    ids.computeIfAbsent(row.getString(1), _ -> new ArrayList<>()).add(id);
                    order.add(id);
                });
        Map<UUID, MergeProposal> read = merges.outlines(ids);
        return order.stream().flatMap(id -> Stream.ofNullable(read.get(id))).toList();
    }

    /** Of a page that ends with a merge. */
    static String cursor(MergeProposal last) {
        return ListCursor.text(last.proposedAt(), last.merge());
    }
}
