package dev.migrationledger.agent.audit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migrationledger.agent.Main;
import dev.migrationledger.agent.send.TestLedger.Canned;
import dev.migrationledger.agent.send.TestLedger;
import dev.migrationledger.contracts.audit.AuditActor;
import dev.migrationledger.contracts.audit.AuditEntry;
import dev.migrationledger.contracts.audit.AuditEvidence;
import dev.migrationledger.contracts.audit.AuditLink;
import dev.migrationledger.contracts.audit.AuditPage.BlindTime;
import dev.migrationledger.contracts.audit.AuditPage.Ended;
import dev.migrationledger.contracts.audit.AuditPage.Range;
import dev.migrationledger.contracts.audit.AuditPage.Through;
import dev.migrationledger.contracts.audit.AuditPage;
import dev.migrationledger.contracts.audit.QueryRefusal;
import dev.migrationledger.contracts.audit.QueryWarning;
import dev.migrationledger.contracts.envelope.Occurrence;
import dev.migrationledger.contracts.envelope.RecordedEvent.Origin;
import dev.migrationledger.contracts.event.Evidence.Certainty;
import dev.migrationledger.contracts.event.Evidence.Method;
import dev.migrationledger.contracts.wire.ContractJson;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class AuditCommandTest {

    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
    private static final Through THROUGH = new Through(90, NOON, 0);

    private final TestLedger ledger = new TestLedger();
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @AfterEach
    void close() {
        ledger.close();
    }

    @Test
    void an_entry_says_when_where_what_who_and_how_it_is_known() {
        ledger.answer(page(List.of(entry(7)), 1, null, Ended.ALL_SEARCHED,
                new BlindTime("navbot", "production", 1, "a1", NOON, null, "no heartbeat since then")));

        assertThat(run("kind:stamped", "-env:staging")).isZero();
        assertThat(out).hasToString("""
                %1$s  navbot/production  #7
                  Stamped b in place of a.
                  by ada via psql, run claims grace@laptop with claude-code (trigger, certain)
                  UPDATE alembic_version SET version_num = 'b'

                1 entry. Searched %1$s to %1$s (positions 1 to 90).
                Complete through position 90 (%1$s).
                Blind: navbot/production (agent a1) from %1$s until now: no
                heartbeat since then.
                """.formatted(noon()));
    }

    @Test
    void everything_of_an_entry_is_shown_if_it_is_asked_for() {
        AuditEntry plain = entry(7);
        ledger.answer(page(List.of(new AuditEntry(7, plain.event(), plain.kind(), "navbot", "production",
                Map.of("tier", "prod"), plain.actor(), plain.text(), plain.revisions(),
                new AuditEvidence(Method.TRIGGER, Certainty.CERTAIN, null, List.of("altered table public.users"), 0),
                new UUID(1, 2), plain.occurredAt(), NOON, new Origin("a1", new UUID(1, 1), 3, NOON),
                List.of(new AuditLink(AuditLink.Kind.REVISION, "/projects/navbot/revisions/b", "b")))), 1, null,
                Ended.ALL_SEARCHED));

        assertThat(run("--long")).isZero();
        assertThat(out.toString().lines().map(String::strip)).containsSubsequence("Kind: revision-stamped",
                "Recorded: " + noon(), "Reported by: agent a1, observed " + noon(), "Labels: tier=prod",
                "Revisions: b, a", "Objects: altered table public.users", "Run: " + new UUID(1, 2),
                "revision b: /projects/navbot/revisions/b", "event: /events/7");
    }

    @Test
    void a_search_that_a_ledger_does_not_finish_goes_on() {
        ledger.answer(page(List.of(), 60, 60L, Ended.TIME_SPENT), page(List.of(entry(40)), 40, 40L, Ended.TIME_SPENT),
                page(List.of(), 1, null, Ended.ALL_SEARCHED));

        assertThat(run("zebra", "--output", "json")).isZero();
        AuditPage all = ContractJson.read(out.toString().getBytes(StandardCharsets.UTF_8),
                AuditPage.class);
        assertThat(all.entries()).extracting(AuditEntry::position).containsExactly(40L);
        assertThat(all.searched().first()).isEqualTo(1);
        assertThat(all.searched().last()).isEqualTo(90);
        assertThat(all.ended()).isEqualTo(Ended.ALL_SEARCHED);
    }

    @Test
    void nothing_found_is_another_exit_code_and_says_how_far_that_can_be_relied_on() {
        ledger.answer(page(List.of(), 1, null, Ended.ALL_SEARCHED));

        assertThat(run("kind:reverted")).isEqualTo(1);
        assertThat(out.toString()).startsWith("Nothing found. Searched " + noon());
    }

    @Test
    void a_mistake_is_pointed_at() {
        String query = "env:production kind:stampd";
        ledger.answer(new Canned(400, ContractJson.pretty(new QueryRefusal("about:blank", "Bad Request", 400,
                "'stampd' is not a value.", QueryRefusal.CODE, query, List.of(new QueryRefusal.Mistake(20, 26,
                        "unknown-value", "'stampd' is not a value of 'kind'. Did you mean 'stamped'?",
                        List.of("stamped"))))),
                Map.of()));

        assertThat(run(query.split(" "))).isEqualTo(2);
        assertThat(err).hasToString("""
                migration-agent: 'stampd' is not a value of 'kind'. Did you mean 'stamped'?
                  env:production kind:stampd
                                      ^^^^^^
                """);
    }

    @Test
    void an_unknown_name_is_pointed_at_and_nothing_found_is_no_news() {
        ledger.answer(new Canned(200, ContractJson.pretty(new AuditPage("q", "UTC", List.of(),
                new Range(1, 90, NOON, NOON), THROUGH, null, Ended.ALL_SEARCHED,
                List.of(new BlindTime("navbot", null, 12, null, null, NOON, "it was not observed before")), 0,
                List.of(new QueryWarning(17, 26, "environment", "prodution",
                        "No environment is called 'prodution'. Did you mean 'production'?",
                        List.of("production"))))),
                Map.of()));

        assertThat(run("kind:stamped", "env:prodution")).isEqualTo(2);
        assertThat(err).hasToString("""
                migration-agent: No environment is called 'prodution'. Did you mean 'production'?
                  kind:stamped env:prodution
                                   ^^^^^^^^^
                """);
        assertThat(out.toString()).startsWith("Nothing found; the query has an unknown name.")
                .contains("Blind: 12 environments of navbot from the beginning until " + noon());
    }

    @Test
    void wrong_usage_says_what_to_write() {
        assertThat(run("--limt", "5")).isEqualTo(2);
        assertThat(run("--limit", "0")).isEqualTo(2);
        assertThat(Main.execute(line(), "audit", "kind:stamped")).isEqualTo(2);
        assertThat(err).hasToString("""
                migration-agent: Unknown option: '--limt'
                migration-agent: --limit is 0; use 1 to 1000.
                migration-agent: --ledger URL is missing; add it.
                """);
    }

    private int run(String... words) {
        List<String> all = new ArrayList<>(List.of("audit"));
        all.addAll(List.of(words));
        all.addAll(List.of("--ledger", ledger.url()));
        return Main.execute(line(), all.toArray(String[]::new));
    }

    private CommandLine line() {
        return Main.commandLineFor("audit").setOut(new PrintWriter(out, true)).setErr(new PrintWriter(err, true));
    }

    private static AuditEntry entry(long position) {
        return new AuditEntry(position, new UUID(0, position), "revision-stamped", "navbot", "production", Map.of(),
                new AuditActor(AuditActor.Kind.DATABASE_USER, "ada", "ada via psql", "grace@laptop", "claude-code"),
                "Stamped b in place of a.", List.of("b", "a"),
                new AuditEvidence(Method.TRIGGER, Certainty.CERTAIN,
                        "UPDATE alembic_version\n SET version_num = 'b'", List.of(), 0),
                null, Occurrence.exactly(NOON), NOON, null, List.of());
    }

    private static Canned page(
            List<AuditEntry> entries, long first, @Nullable Long older, Ended ended, BlindTime... blind) {
        return new Canned(200, ContractJson.pretty(new AuditPage("q", "UTC", entries,
                new Range(first, 90, NOON, NOON), THROUGH, older, ended, List.of(blind), 0, List.of())), Map.of());
    }

    private static String noon() {
        return DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss", Locale.ROOT)
                .format(NOON.atZone(ZoneId.systemDefault()));
    }
}
