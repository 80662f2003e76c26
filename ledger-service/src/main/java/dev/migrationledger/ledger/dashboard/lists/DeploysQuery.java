package dev.migrationledger.ledger.dashboard.lists;

import dev.migrationledger.contracts.diagnosis.DivergenceCode;
import dev.migrationledger.contracts.gate.DeployRecord;
import dev.migrationledger.contracts.policy.GateReason;
import dev.migrationledger.contracts.wire.ContractJson;
import dev.migrationledger.ledger.dashboard.lists.filter.ListCursor;
import dev.migrationledger.ledger.dashboard.lists.filter.ListFilter;
import dev.migrationledger.ledger.dashboard.lists.filter.ListKey;
import dev.migrationledger.ledger.dashboard.lists.filter.ListKeys;
import dev.migrationledger.ledger.identity.ProjectScope;
import dev.migrationledger.ledger.recording.view.StoredJson;
import java.sql.Timestamp;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Deploys that the filter box finds. */
@Component
class DeploysQuery {

    static final String ID = "id";

    static final ListKeys KEYS = new ListKeys(
            "concat_ws(' ', d.project, d.environment, d.asked_by, array_to_string(d.pending, ' '))",
            Stream.concat(Stream.of(
                    ListKey.text("project", "The project.", "d.project"),
                    ListKey.text("environment", "The environment.", "d.environment", "env"),
                    ListKey.label("d.project", "d.environment"),
                    ListKey.words("state", "What the gate decided, and what became of it.", states()),
                    ListKey.text("by", "Who asked.", "d.asked_by", "actor"),
                    ListKey.anyWord("reason",
                            "Why it was blocked, or what was recorded: a kind of reason, or the code of a finding.",
                            reasons(), "d.reasons", "code"),
                    ListKey.anyOf("approver", "Who approved it.", "d.approvers"),
                    ListKey.anyOf("revision", "A revision that it would run.", "d.pending", "rev"),
                    ListKey.text("run", "The run that deploys.", "d.run"),
                    ListKey.text(ID, "The id of the deploy.", "d.id::text")),
                    ListKey.times("d.decided_at", "d.decided_at").stream()).toList());

    private final JdbcClient database;

    DeploysQuery(JdbcClient database) {
        this.database = database;
    }

    private static Map<String, String> states() {
        Map<String, String> states = new LinkedHashMap<>();
        states.put("allowed", "d.decision = 'allowed'");
        states.put("blocked", "d.decision = 'blocked'");
        states.put("overridden", "d.overridden");
        states.put("local", "d.decided_locally");
        states.put("ran", "d.exit_code = 0");
        states.put("failed", "d.exit_code <> 0");
        states.put("not-ended", "d.decision = 'allowed' and d.run is not null and not d.ended");
        return states;
    }

    private static List<String> reasons() {
        return Stream.concat(ContractJson.kinds(GateReason.class).stream(),
                Stream.of(DivergenceCode.values()).map(DivergenceCode::code)).distinct().toList();
    }

    /**
     * The newest first.
     *
     * @param before the last one of the page before; absent: the first page
     */
    List<DeployRecord> deploys(ProjectScope scope, ListFilter filter, @Nullable ListCursor before, int limit) {
        return database.sql("select facts from ledger.deploy d where " + ProjectScope.IN_SCOPE + filter.condition()
                + (before == null ? "" : " and (d.decided_at, d.id) < (:beforeTime, :beforeId)")
                + " order by d.decided_at desc, d.id desc limit :limit")
                .param("projects", scope.names())
                .params(filter.parameters())
                .param("beforeTime", before == null ? null : Timestamp.from(before.instant(0)))
                .param("beforeId", before == null ? null : before.uuid(1))
                .param("limit", limit)
                .query((row, _) -> StoredJson.read(row.getString(1), DeployRecord.class)).list();
    }

    /** Of a page that ends with a deploy. */
    static String cursor(DeployRecord last) {
        return ListCursor.text(last.decidedAt(), last.deploy());
    }
}
