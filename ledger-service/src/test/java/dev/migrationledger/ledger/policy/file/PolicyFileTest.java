package dev.migrationledger.ledger.policy.file;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migrationledger.contracts.diagnosis.DivergenceCode;
import dev.migrationledger.contracts.identity.Role;
import dev.migrationledger.contracts.policy.EnvironmentSelector;
import dev.migrationledger.contracts.policy.FreezePeriod.Dates;
import dev.migrationledger.contracts.policy.FreezePeriod.Weekly;
import dev.migrationledger.contracts.policy.MergeRule;
import dev.migrationledger.contracts.policy.Policy.*;
import dev.migrationledger.contracts.policy.Policy;
import dev.migrationledger.contracts.policy.PolicyMistake;
import dev.migrationledger.contracts.policy.RuleMode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PolicyFileTest {

    private static final EnvironmentSelector PROD = EnvironmentSelector.labelled("tier", "prod");

    @Test
    void a_whole_file_is_read() {
        Policy policy = policy("""
                findings:
                  - codes: [schema-hole, untracked-objects]
                    where: {environments: [production, staging], labels: {tier: [prod, staging]}}
                    mode: warn
                promotion:
                  - to: {labels: {tier: prod}}
                    from: {environments: staging}
                    for: 24h
                freshness:
                  - at-most: 90s
                    mode: audit
                freeze:
                  - name: weekend
                    where: {labels: {tier: prod}}
                    zone: Europe/Berlin
                    from: friday 16:00
                    until: monday 08:00
                    pass: [approver, administrator]
                  - name: holidays
                    zone: UTC
                    from: 2026-12-20 18:00
                    until: 2027-01-04T08:00
                pipeline:
                  - where: {labels: {tier: prod}}
                approvals:
                  - where: {labels: {tier: prod}}
                    count: 2
                unreachable: block
                merges: {approvals: 0, approvals-where-shared: 2, authors: known, rehearsal: required}
                """);
        assertThat(policy.findings()).containsExactly(new FindingRule(
                Set.of(DivergenceCode.SCHEMA_HOLE, DivergenceCode.UNTRACKED_OBJECTS),
                new EnvironmentSelector(Set.of("production", "staging"), Map.of("tier", Set.of("prod", "staging"))),
                RuleMode.WARN));
        assertThat(policy.promotions()).containsExactly(new PromotionRule(PROD, EnvironmentSelector.named("staging"),
                Duration.ofHours(24), RuleMode.ENFORCE));
        assertThat(policy.freshness()).containsExactly(
                new FreshnessRule(EnvironmentSelector.EVERYWHERE, Duration.ofSeconds(90), RuleMode.AUDIT));
        assertThat(policy.freezes()).containsExactly(
                new FreezeRule("weekend", PROD, ZoneId.of("Europe/Berlin"),
                        new Weekly(Set.of(DayOfWeek.FRIDAY), LocalTime.of(16, 0), 3, LocalTime.of(8, 0)),
                        Set.of(Role.APPROVER, Role.ADMINISTRATOR), RuleMode.ENFORCE),
                new FreezeRule("holidays", EnvironmentSelector.EVERYWHERE, ZoneId.of("UTC"),
                        new Dates(LocalDateTime.parse("2026-12-20T18:00"), LocalDateTime.parse("2027-01-04T08:00")),
                        Set.of(), RuleMode.ENFORCE));
        assertThat(policy.pipelines()).containsExactly(new PipelineRule(PROD, RuleMode.ENFORCE));
        assertThat(policy.approvals()).containsExactly(new ApprovalRule(PROD, 2, RuleMode.ENFORCE));
        assertThat(policy.unreachable()).isEqualTo(Unreachable.BLOCK);
        assertThat(policy.merges()).isEqualTo(
                new MergeRule(0, 2, MergeRule.Authors.KNOWN, MergeRule.Rehearsal.REQUIRED));
    }

    @Test
    void a_night_is_no_number_and_has_its_days() {
        assertThat(policy(freeze("from: 22:00, until: 06:00, days: [monday, friday]")).freezes().getFirst().period())
                .isEqualTo(new Weekly(EnumSet.of(DayOfWeek.MONDAY, DayOfWeek.FRIDAY), LocalTime.of(22, 0), 1,
                        LocalTime.of(6, 0)));
        assertThat(policy(freeze("from: 12:00, until: 13:30")).freezes().getFirst().period())
                .isEqualTo(new Weekly(EnumSet.allOf(DayOfWeek.class), LocalTime.of(12, 0), 0, LocalTime.of(13, 30)));
    }

    @Test
    void all_codes_can_be_named_at_once_and_an_alias_repeats_a_selector() {
        Policy policy = policy("""
                findings:
                  - codes: all
                    where: &dev {labels: {tier: dev}}
                    mode: audit
                freshness:
                  - where: *dev
                    at-most: 1d
                """);
        assertThat(policy.findings().getFirst().codes()).hasSameSizeAs(DivergenceCode.values());
        assertThat(policy.freshness().getFirst().where()).isEqualTo(EnvironmentSelector.labelled("tier", "dev"));
    }

    @Test
    void what_the_documents_show_is_without_mistakes_and_has_every_key() throws IOException {
        String page = Files.readString(Path.of("..", "docs", "policy.md"));
        List<String> files = Pattern.compile("(?ms)^```yaml\\n(.*?)^```$").matcher(page).results()
                .map((MatchResult block) -> block.group(1)).toList();
        assertThat(files).isNotEmpty().allSatisfy(file -> assertThat(mistakes(file)).isEmpty());
        assertThat(String.join("\n", files)).contains("findings:", "codes:", "where:", "environments:", "labels:",
                "mode:",
                "promotion:", "to:", "from:", "for:", "freshness:", "at-most:", "freeze:", "name:", "zone:", "until:",
                "days:", "pass:", "pipeline:", "approvals:", "count:", "unreachable:", "merges:",
                "approvals-where-shared:", "authors:", "rehearsal:");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
            unreachabel: local | line 1, column 1: unknown key 'unreachabel'; write 'findings', 'promotion', 'freshness', 'freeze', 'pipeline', 'approvals', 'unreachable' or 'merges'
            merges: 1 | line 1, column 9: '1' is not a set of keys; write keys with values: approvals, approvals-where-shared, authors, rehearsal
            merges: {rehearsal: yes} | line 1, column 21: 'yes' is not an answer; write 'optional' or 'required'
            merges: {authors: some} | line 1, column 19: 'some' is not an answer; write 'any' or 'known'
            merges: {approvals: 11} | line 1, column 21: '11' is not a number of approvals; write 0 to 10
            merges: {approvals: 2, approvals-where-shared: 1} | line 1, column 9: approvals-where-shared is 1, and approvals is 2; write at least 2
            unreachable: open | line 1, column 14: 'open' is not an answer; write 'block', 'local' or 'allow'
            unreachable: | line 1, column 13: nothing is not an answer; write 'block', 'local' or 'allow'
            findings: warn | line 1, column 11: 'warn' is not a list; write a rule after a hyphen
            findings: [] | line 1, column 11: the list of findings is empty; write a rule after a hyphen
            findings: [warn] | line 1, column 12: 'warn' is not a set of keys; write keys with values: codes, where, mode
            findings: [{codes: schema-hol, mode: warn}] | line 1, column 20: 'schema-hol' is not a code; write codes of docs/divergences.md, such as schema-hole, or 'all'
            findings: [{codes: schema-hole, mode: deny}] | line 1, column 39: 'deny' is not a mode; write 'enforce', 'warn' or 'audit'
            findings: [{codes: schema-hole}] | line 1, column 12: 'mode' is missing; write mode: warn
            findings: [{codes: [], mode: warn}] | line 1, column 20: the list of codes is empty; name at least one
            findings: [{codes: behind-head, mode: enforce}] | line 1, column 12: 'behind-head' is true before every deploy; enforcing it blocks all of them: write 'warn' or 'audit'
            freshness: [{at-most: 15 minutes}] | line 1, column 23: '15 minutes' is not a duration; write a number with s, m, h or d, such as 24h, up to 366d
            freshness: [{at-most: 0m}] | line 1, column 23: '0m' is not a duration; write a number with s, m, h or d, such as 24h, up to 366d
            freshness: [{at-most: 999999d}] | line 1, column 23: '999999d' is not a duration; write a number with s, m, h or d, such as 24h, up to 366d
            freshness: [{at-most: 1m, where: {}}] | line 1, column 34: this selects by nothing; write {environments: [production]} or {labels: {tier: prod}}
            freshness: [{at-most: 1m, where: {environments: [a b]}}] | line 1, column 50: 'a b' is not a name of an environment; write letters, digits, '.', '_' and '-'
            freshness: [{at-most: 1m, where: {environments: []}}] | line 1, column 49: the list of environments is empty; name at least one
            freshness: [{at-most: 1m, where: {labels: {}}}] | line 1, column 43: no label is named; write {tier: prod}
            freshness: [{at-most: 1m, where: {labels: {tier: []}}}] | line 1, column 50: the list of values of the label 'tier' is empty; name at least one
            pipeline: [{where: production}] | line 1, column 20: 'production' is not a set of keys; write keys with values: environments, labels
            approvals: [{count: 0}] | line 1, column 21: '0' is not a number of approvals; write 1 to 10
            approvals: [{count: 11}] | line 1, column 21: '11' is not a number of approvals; write 1 to 10
            unreachable: [local] | line 1, column 14: a list is not an answer; write 'block', 'local' or 'allow'
            """)
    void a_mistake_is_named_with_its_place_and_what_to_write(String file, String words) {
        assertThat(mistakes(file)).containsExactly(words);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
            from: friday 16:00, until: monday 25:00 | line 1, column 68: 'monday 25:00' is not a time of a freeze; write 2026-12-20 18:00, friday 16:00 or 22:00
            from: friday 16:00, until: 08:00 | line 1, column 68: 'from' and 'until' have different forms; write both as 2026-12-20 18:00, friday 16:00 or 22:00
            from: 2026-02-30 08:00, until: 2026-03-01 08:00 | line 1, column 47: '2026-02-30 08:00' is not a time of a freeze; write 2026-12-20 18:00, friday 16:00 or 22:00
            from: 2026-12-20 08:00, until: 2026-12-20 08:00 | line 1, column 72: the freeze ends when it begins, or earlier; write a later 'until'
            from: 22:00, until: 22:00 | line 1, column 61: the freeze ends when it begins, or earlier; write a later 'until'
            from: 22:00 | line 1, column 10: 'until' is missing; write until: monday 08:00
            from: friday 16:00, until: monday 08:00, days: [monday] | line 1, column 88: 'days' needs times without a day; write from: 22:00, or remove 'days'
            from: 22:00, until: 06:00, days: [mon] | line 1, column 75: 'mon' is not a day; write 'monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday' or 'sunday'
            from: 22:00, until: 06:00, pass: [agent] | line 1, column 75: 'agent' is not a role; write 'viewer', 'approver' or 'administrator'
            """)
    void a_mistake_in_a_freeze_is_named(String times, String words) {
        assertThat(mistakes(freeze(times))).containsExactly(words);
    }

    @Test
    void a_time_zone_is_a_name() {
        for (String zone : List.of("Europe/Berln", "+02:00", "GMT+2")) {
            assertThat(mistakes("freeze: [{name: n, zone: %s, from: 22:00, until: 06:00}]".formatted(zone)))
                    .containsExactly(
                            "line 1, column 26: '%s' is not a time zone; write a name such as Europe/Berlin or UTC"
                                    .formatted(zone));
        }
    }

    @Test
    void all_mistakes_are_named_at_once_in_the_order_of_the_file() {
        assertThat(mistakes("""
                unreachable: never
                findings:
                  - codes: [schema-hole, nonsense]
                    mode: block
                    unless: sunday
                approvals:
                  - count: many
                """)).containsExactly(
                "line 1, column 14: 'never' is not an answer; write 'block', 'local' or 'allow'",
                "line 3, column 26: 'nonsense' is not a code; write codes of docs/divergences.md, such as schema-hole, or 'all'",
                "line 4, column 11: 'block' is not a mode; write 'enforce', 'warn' or 'audit'",
                "line 5, column 5: unknown key 'unless'; write 'codes', 'where' or 'mode'",
                "line 7, column 12: 'many' is not a number of approvals; write 1 to 10");
    }

    @Test
    void a_key_that_appears_twice_is_named() {
        assertThat(mistakes("unreachable: local\nunreachable: block\n")).containsExactly(
                "line 2, column 1: the key 'unreachable' appears twice, first in line 1; remove one of them");
    }

    @Test
    void environments_that_wait_for_each_other_are_named() {
        assertThat(mistakes("""
                promotion:
                  - {to: {environments: a}, from: {environments: b}, for: 1h}
                  - {to: {environments: b}, from: {environments: a}, for: 1h}
                """)).containsExactly("line 2, column 5: environments wait for each other through promotion rule 1 and "
                + "promotion rule 2; remove one of these rules");
    }

    @Test
    void freezes_that_overlap_are_named() {
        assertThat(mistakes("""
                freeze:
                  - {name: night, zone: UTC, from: 22:00, until: 06:00}
                  - {name: morning, zone: UTC, from: 05:00, until: 07:00}
                """))
                .containsExactly("line 3, column 5: 'morning' overlaps 'night' (freeze rule 1); move one of them "
                        + "until they do not overlap");
    }

    @Test
    void a_rule_that_never_counts_is_named() {
        assertThat(mistakes("""
                findings:
                  - {codes: all, mode: warn}
                  - {codes: schema-hole, where: {environments: a}, mode: enforce}
                """)).containsExactly(
                "line 3, column 5: findings rule 1 always counts before this rule; remove this rule or move it up");
    }

    @Test
    void what_is_no_yaml_is_named_where_it_begins() {
        assertThat(mistakes("unreachable: [local\n")).singleElement().asString()
                .startsWith("line 2, column 1: this is not YAML (").endsWith("; correct it");
        assertThat(mistakes("a: b\n\tc: d\n")).singleElement().asString().startsWith("line 2, column 1: ");
        assertThat(mistakes("a: b\nc: \u0000\n")).containsExactly(
                "line 2, column 4: the character U+0000 is not allowed; remove it");
        assertThat(mistakes("unreachable: local\n---\nunreachable: block\n")).singleElement().asString()
                .startsWith("line 2, column 1: this is not YAML");
    }

    @Test
    void an_empty_file_and_one_that_is_too_long_are_refused() {
        assertThat(mistakes("")).containsExactly(
                "line 1, column 1: the file is empty; write at least one rule, such as unreachable: local");
        assertThat(mistakes("# nothing\n")).hasSize(1);
        assertThat(mistakes("#".repeat(PolicyFile.LONGEST + 1))).containsExactly(
                "line 1, column 1: the file has 65,537 characters; use at most 65,536");
    }

    @Test
    void alias_bombs_and_deep_nesting_do_no_harm() {
        StringBuilder bomb = new StringBuilder("a0: &a0 [x, x]\n");
        for (int i = 1; i < 60; i++) {
            bomb.append("a%d: &a%d [*a%d, *a%d, *a%d]\n".formatted(i, i, i - 1, i - 1, i - 1));
        }
        assertThat(mistakes(bomb.toString())).singleElement().asString().contains("the file cannot be read (");
        assertThat(mistakes("findings: " + "[".repeat(1_000))).singleElement().asString()
                .contains("the file cannot be read (");
        assertThat(mistakes("findings: &a [*a]\n")).containsExactly(
                "line 1, column 11: a list is not a set of keys; write keys with values: codes, where, mode");
    }

    @Test
    void no_more_than_a_hundred_mistakes_are_listed_and_values_are_shortened() {
        assertThat(mistakes("findings:\n" + "- x\n".repeat(200))).hasSize(PolicyMistakes.MOST);
        assertThat(mistakes("unreachable: " + "x".repeat(500)).getFirst()).hasSizeLessThan(150).contains("x…'");
    }

    private static String freeze(String times) {
        return "freeze: [{name: n, zone: Europe/Berlin, %s}]".formatted(times);
    }

    private static Policy policy(String file) {
        assertThat(mistakes(file)).isEmpty();
        return Objects.requireNonNull(PolicyFile.read(file).policy());
    }

    private static List<String> mistakes(String file) {
        PolicyFile.Reading reading = PolicyFile.read(file);
        assertThat(reading.policy() == null).isEqualTo(!reading.mistakes().isEmpty());
        return reading.mistakes().stream().map(PolicyMistake::words).toList();
    }
}
