package dev.migrationledger.agent.gate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migrationledger.agent.database.DatabaseObserver;
import dev.migrationledger.agent.database.SchemaScope;
import dev.migrationledger.agent.database.VersionTableName;
import dev.migrationledger.agent.database.option.DatabaseOptions;
import dev.migrationledger.agent.gate.LocalGate.Result;
import dev.migrationledger.agent.gate.LocalGate.Result.Decided;
import dev.migrationledger.agent.gate.LocalGate.Result.Undecided;
import dev.migrationledger.agent.tool.MigrationTool;
import dev.migrationledger.agent.tool.MigrationTools;
import dev.migrationledger.agent.tool.ScriptsLocation;
import dev.migrationledger.agent.tool.ScriptsOptions;
import dev.migrationledger.agent.tool.ScriptsSource;
import dev.migrationledger.agent.watch.FirstObservation;
import dev.migrationledger.contracts.diagnosis.DivergenceCode;
import dev.migrationledger.contracts.diagnosis.Severity;
import dev.migrationledger.contracts.event.ObservedScripts;
import dev.migrationledger.contracts.policy.AcceptedFinding;
import dev.migrationledger.contracts.policy.EnvironmentSelector;
import dev.migrationledger.contracts.policy.GateReason.*;
import dev.migrationledger.contracts.policy.Policy;
import dev.migrationledger.contracts.policy.Policy.*;
import dev.migrationledger.contracts.policy.PolicyPlace;
import dev.migrationledger.contracts.policy.PolicyPlace.Section;
import dev.migrationledger.contracts.policy.RuleMode;
import dev.migrationledger.contracts.policy.SignedPolicy;
import dev.migrationledger.testsupport.postgresql.TestServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** With a real database and real scripts: what the agent decides by a policy that it holds. */
class LocalGateTest {

    private final Instant now = Instant.now();

    @TempDir
    private Path folder;

    private final String database = TestServer.newDatabase();
    private Policy policy = Policy.DEFAULT;
    private List<AcceptedFinding> baseline = List.of();
    private Instant issuedAt = now;
    private String trusted = "";

    @BeforeEach
    void a_database_at_the_first_of_two_revisions() throws IOException {
        Files.createDirectories(folder.resolve("migrations/versions"));
        Files.writeString(folder.resolve("migrations/env.py"), "");
        Files.writeString(folder.resolve("alembic.ini"), "[alembic]\nscript_location = %(here)s/migrations\n");
        script("a", "None", "op.create_table(\"first\", sa.Column(\"id\", sa.Integer))");
        script("b", "\"a\"", "op.create_table(\"second\", sa.Column(\"id\", sa.Integer))");
        TestServer.run(database, "CREATE TABLE first (id integer)",
                "CREATE TABLE alembic_version (version_num varchar(32) NOT NULL)",
                "INSERT INTO alembic_version VALUES ('a')");
    }

    @Test
    void a_clean_database_may_be_migrated() throws Exception {
        assertThat(decided()).satisfies(it -> {
            assertThat(it.decision().allowed()).isTrue();
            assertThat(it.decision().pending()).containsExactly("b");
            assertThat(it.decision().reasons()).startsWith(
                    new LedgerUnreachable(RuleMode.WARN, Unreachable.LOCAL, issuedAt));
        });
    }

    @Test
    void an_error_blocks_unless_the_baseline_that_is_held_accepts_it() throws Exception {
        TestServer.run(database, "DROP TABLE first");
        Decided blocked = decided();
        assertThat(blocked.decision().allowed()).isFalse();
        assertThat(blocked.findings()).extracting(it -> it.code()).contains(DivergenceCode.STAMPED_AHEAD_OF_SCHEMA);

        baseline = blocked.findings().stream().filter(it -> it.severity() == Severity.ERROR)
                .map(it -> new AcceptedFinding("production", it.code(), it.subject(), it.severity(),
                        AcceptedFinding.facts(it), "known", "ann", now.plusSeconds(60)))
                .toList();
        assertThat(decided().decision().allowed()).isTrue();
    }

    @Test
    void what_only_the_ledger_knows_blocks_where_a_rule_asks_for_it() throws Exception {
        policy = new Policy(List.of(),
                List.of(new PromotionRule(EnvironmentSelector.labelled("tier", "prod"),
                        EnvironmentSelector.named("staging"), Duration.ZERO, RuleMode.ENFORCE)),
                List.of(new FreshnessRule(EnvironmentSelector.EVERYWHERE, Duration.ofDays(1), RuleMode.WARN)),
                List.of(), List.of(new PipelineRule(EnvironmentSelector.named("staging"), RuleMode.ENFORCE)),
                List.of(new ApprovalRule(EnvironmentSelector.EVERYWHERE, 1, RuleMode.AUDIT)), Unreachable.LOCAL);
        assertThat(decided()).satisfies(it -> {
            assertThat(it.decision().allowed()).isFalse();
            assertThat(it.decision().reasons()).contains(
                    new LedgerNeeded(RuleMode.ENFORCE, new PolicyPlace(Section.PROMOTION, 0)),
                    new LedgerNeeded(RuleMode.WARN, new PolicyPlace(Section.FRESHNESS, 0)),
                    new LedgerNeeded(RuleMode.AUDIT, new PolicyPlace(Section.APPROVALS, 0)));
        });
        TestServer.run(database, "CREATE TABLE second (id integer)", "UPDATE alembic_version SET version_num = 'b'");
        assertThat(decided().decision().allowed()).as("nothing to run, so nothing to promote").isTrue();
    }

    @Test
    void a_policy_may_block_or_allow_whatever_is_found() throws Exception {
        policy = unreachable(Unreachable.BLOCK);
        assertThat(decided().decision().allowed()).isFalse();
        policy = unreachable(Unreachable.ALLOW);
        TestServer.run(database, "DROP TABLE first");
        assertThat(decided().decision().allowed()).isTrue();
        assertThat(decided().decision().reasons()).anyMatch(it -> it.mode() == RuleMode.ENFORCE);
    }

    @Test
    void without_a_policy_nothing_is_decided() throws Exception {
        assertThat(undecided(null)).startsWith("No policy of this environment was kept on this machine");
    }

    @Test
    void a_policy_of_last_week_decides_nothing() throws Exception {
        issuedAt = now.minus(LocalGate.OLDEST).minusSeconds(1);
        assertThat(undecided(signed("production"))).contains("older than 7 days");
    }

    @Test
    void a_policy_of_another_environment_decides_nothing() throws Exception {
        assertThat(undecided(signed("staging"))).contains("is of navbot/staging");
    }

    @Test
    void a_policy_that_another_hand_wrote_decides_nothing() throws Exception {
        SignedPolicy genuine = signed("production");
        policy = unreachable(Unreachable.ALLOW);
        SignedPolicy lax = signed("production");
        assertThat(undecided(new SignedPolicy(lax.policy(), genuine.publicKey(), genuine.signature())))
                .contains("not as the ledger signed it");

        trusted = TestPolicies.publicKey(TestPolicies.keys());
        assertThat(undecided(lax)).contains("not as the ledger signed it");
        trusted = lax.publicKey();
        assertThat(decide(lax)).isInstanceOf(Decided.class);
    }

    @Test
    void a_file_that_is_no_policy_decides_nothing() throws Exception {
        Path file = new GateFolder(folder.resolve("gate")).policyFile();
        Files.createDirectories(Objects.requireNonNull(file.getParent()));
        Files.writeString(file, "{\"policy\": ");
        assertThat(undecided(null)).contains("cannot be read");
    }

    private static Policy unreachable(Unreachable setting) {
        return new Policy(List.of(), List.of(), List.of(), List.of(), List.of(), List.of(), setting);
    }

    private Decided decided() throws Exception {
        return (Decided) decide(signed("production"));
    }

    private String undecided(@Nullable SignedPolicy held) throws Exception {
        return ((Undecided) decide(held)).why();
    }

    private SignedPolicy signed(String environment) {
        return TestPolicies.signed(environment, 3, policy, baseline, issuedAt);
    }

    /** @param held absent: nothing is kept now */
    private Result decide(@Nullable SignedPolicy held) throws Exception {
        GateFolder kept = new GateFolder(folder.resolve("gate"));
        if (held != null) {
            kept.keep(held);
        }
        ScriptsLocation location = new ScriptsOptions(folder, Map.of()).location();
        MigrationTool tool = MigrationTools.of(location);
        try (DatabaseObserver observer = new DatabaseOptions(Map.of("DATABASE_URL", TestServer.url(database)))
                .url(tool.database(location))
                .observer(new VersionTableName(null, MigrationTools.usualVersionTable()), SchemaScope.ALL)) {
            FirstObservation first = FirstObservation.of(observer, tool, location,
                    new ScriptsSource(null, false, false),
                    Clock.systemUTC());
            return new LocalGate(kept, "navbot", "production", tool, location, trusted).decide(new UUID(0, 1),
                    new ObservedScripts("alembic.ini", 1, "d", List.of("b")), Objects.requireNonNull(first.schema()),
                    first, null, now);
        }
    }

    private void script(String id, String parent, String upgrade) throws IOException {
        Files.writeString(folder.resolve("migrations/versions/" + id + ".py"), """
                from alembic import op
                import sqlalchemy as sa
                revision = "%s"
                down_revision = %s
                def upgrade():
                    %s
                def downgrade():
                    pass
                """.formatted(id, parent, upgrade));
    }
}
