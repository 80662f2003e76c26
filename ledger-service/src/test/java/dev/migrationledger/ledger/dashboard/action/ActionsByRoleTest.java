package dev.migrationledger.ledger.dashboard.action;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migrationledger.contracts.diagnosis.Divergence;
import dev.migrationledger.contracts.gate.GateOverride;
import dev.migrationledger.contracts.identity.PipelineMatch.GithubRepository;
import dev.migrationledger.contracts.identity.Role;
import dev.migrationledger.contracts.identity.TrustedPipeline;
import dev.migrationledger.contracts.policy.Baseline;
import dev.migrationledger.ledger.divergence.DivergenceViews;
import dev.migrationledger.ledger.environment.EnvironmentCommands;
import dev.migrationledger.ledger.gate.Overrides;
import dev.migrationledger.ledger.gate.TestDeploys;
import dev.migrationledger.ledger.identity.PipelineActions;
import dev.migrationledger.ledger.identity.TestPeople;
import dev.migrationledger.ledger.merge.Merges;
import dev.migrationledger.ledger.platform.LedgerTest;
import dev.migrationledger.ledger.platform.TestClient;
import dev.migrationledger.ledger.policy.Acceptances;
import dev.migrationledger.ledger.policy.PolicyChanges;
import dev.migrationledger.ledger.recording.automation.Automations;
import dev.migrationledger.ledger.view.Story;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.UUID;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.TestPropertySource;

/** Each action by each role: who may, records exactly once and only when they confirm; others record nothing, and are not offered it. */
@LedgerTest
@TestPropertySource(properties = {"ledger.identity.required=true", "ledger.identity.audience=ledger"})
class ActionsByRoleTest {

    enum Who {
        NO_ROLE,
        VIEWER,
        APPROVER,
        ADMINISTRATOR_ELSEWHERE,
        ADMINISTRATOR,
        ADMINISTRATOR_OF_ALL
    }

    /** Each with the least role that may. */
    enum Action {
        APPROVE_MERGE(Role.APPROVER),
        REJECT_MERGE(Role.APPROVER),
        WITHDRAW_MERGE(Role.APPROVER),
        OPEN_OVERRIDE(Role.APPROVER),
        CLOSE_OVERRIDE(Role.APPROVER),
        REVIEW_OVERRIDE(Role.APPROVER),
        APPROVE_DEPLOY(Role.APPROVER),
        APPLY_POLICY(Role.ADMINISTRATOR),
        ACCEPT_FINDING(Role.ADMINISTRATOR),
        WITHDRAW_ACCEPTANCE(Role.ADMINISTRATOR),
        MAKE_CODE(Role.ADMINISTRATOR),
        REVOKE_KEY(Role.ADMINISTRATOR),
        REINSTATE_KEY(Role.ADMINISTRATOR),
        TRUST_PIPELINE(Role.ADMINISTRATOR),
        WITHDRAW_TRUST(Role.ADMINISTRATOR);

        private final Role least;

        Action(Role least) {
            this.least = least;
        }

        /** What is typed. */
        Map<String, String> fields() {
            return switch (this) {
                case WITHDRAW_ACCEPTANCE, REINSTATE_KEY, WITHDRAW_TRUST -> Map.of();
                case APPROVE_MERGE, CLOSE_OVERRIDE, APPROVE_DEPLOY -> Map.of("comment", "seen on staging");
                case REVIEW_OVERRIDE -> Map.of("remark", "it repaired checkout");
                case APPLY_POLICY -> Map.of("file", "unreachable: local # " + UUID.randomUUID());
                case TRUST_PIPELINE ->
                    Map.of("repositoryId", UUID.randomUUID().toString(), "project", "navbot", "environment", "*");
                case REJECT_MERGE -> Map.of("reason", "it drops a column");
                case WITHDRAW_MERGE -> Map.of("reason", "it is not needed");
                case OPEN_OVERRIDE -> Map.of("reason", "checkout is down", "until", soon());
                case ACCEPT_FINDING -> Map.of("reason", "repaired with release 42", "owner", "ann", "until", soon());
                case MAKE_CODE -> Map.of("project", "navbot", "environment", "tenant-*", "hours", "2",
                        "comment", "for the new replica");
                case REVOKE_KEY -> Map.of("reason", "the machine is gone");
            };
        }

        /** Where nothing has to be typed, the page that confirms it is the first one. */
        boolean asks() {
            return switch (this) {
                case APPROVE_MERGE, CLOSE_OVERRIDE, APPROVE_DEPLOY, WITHDRAW_ACCEPTANCE, REINSTATE_KEY,
                        WITHDRAW_TRUST ->
                    false;
                case REJECT_MERGE, WITHDRAW_MERGE, OPEN_OVERRIDE, REVIEW_OVERRIDE, APPLY_POLICY, ACCEPT_FINDING,
                        MAKE_CODE, REVOKE_KEY, TRUST_PIPELINE ->
                    true;
            };
        }

        boolean mayBeDoneBy(Who who) {
            return switch (who) {
                case NO_ROLE, VIEWER, ADMINISTRATOR_ELSEWHERE -> false;
                case APPROVER -> least == Role.APPROVER;
                case ADMINISTRATOR -> !isForAllProjects();
                case ADMINISTRATOR_OF_ALL -> true;
            };
        }

        boolean isForAllProjects() {
            return switch (this) {
                case MAKE_CODE, REVOKE_KEY, REINSTATE_KEY, TRUST_PIPELINE, WITHDRAW_TRUST -> true;
                case APPROVE_MERGE, REJECT_MERGE, WITHDRAW_MERGE, OPEN_OVERRIDE, CLOSE_OVERRIDE, REVIEW_OVERRIDE,
                        APPROVE_DEPLOY, APPLY_POLICY, ACCEPT_FINDING, WITHDRAW_ACCEPTANCE ->
                    false;
            };
        }
    }

    private static String soon() {
        return PageAnswers.field(Instant.now().plus(Duration.ofHours(1)));
    }

    /** Where an action is, and the page that offers it. */
    private record Place(String address, String offeredOn) {}

    @Autowired
    TestClient ledger;

    @Autowired
    ApplicationContext context;

    @Autowired
    EnvironmentCommands commands;

    @Autowired
    Automations automations;

    @Autowired
    Merges merges;

    @Autowired
    Overrides overrides;

    @Autowired
    Acceptances acceptances;

    @Autowired
    DivergenceViews divergences;

    @Autowired
    PolicyChanges policies;

    @Autowired
    PipelineActions pipelines;

    @Autowired
    JdbcClient database;

    private final String project = "roles-" + UUID.randomUUID();
    private final Map<Who, PageVisitor> people = new EnumMap<>(Who.class);

    @BeforeEach
    void people() {
        for (Who who : Who.values()) {
            people.put(who, new PageVisitor(ledger, switch (who) {
                case NO_ROLE -> TestPeople.token(context, null, null);
                case VIEWER -> TestPeople.token(context, Role.VIEWER, project);
                case APPROVER -> TestPeople.token(context, Role.APPROVER, project);
                case ADMINISTRATOR_ELSEWHERE -> TestPeople.token(context, Role.ADMINISTRATOR, "elsewhere");
                case ADMINISTRATOR -> TestPeople.token(context, Role.ADMINISTRATOR, project);
                case ADMINISTRATOR_OF_ALL -> TestPeople.token(context, Role.ADMINISTRATOR, null);
            }));
        }
    }

    @ParameterizedTest
    @EnumSource
    void an_action_is_recorded_once_by_who_may_and_never_by_others(Action action) throws Exception {
        for (Who who : Who.values()) {
            PageVisitor person = Objects.requireNonNull(people.get(who));
            Place place = place(action);
            long before = events();
            HttpResponse<String> form = person.open(place.address());
            HttpResponse<String> page = person.open(place.offeredOn());
            if (action.mayBeDoneBy(who)) {
                assertThat(page.body()).as("%s %s", action, who).containsPattern(offer(place));
                assertThat(form.statusCode()).as("%s %s %s", action, who, form.body()).isEqualTo(200);
                Map<String, String> confirmed = new TreeMap<>(action.fields());
                String shown = form.body();
                if (action.asks()) {
                    assertThat(shown).doesNotContain("This will be recorded");
                    if (action == Action.ACCEPT_FINDING) {
                        confirmed.put("finding", place.address().replaceFirst(".*=", ""));
                    }
                    HttpResponse<String> check = person.submit(path(place), shown, confirmed);
                    assertThat(check.statusCode()).as("%s %s %s", action, who, check.body()).isEqualTo(200);
                    shown = check.body();
                }
                assertThat(shown).contains("This will be recorded");
                confirmed.put("step", "confirmed");
                assertThat(TestClient.problem(person.send(path(place), confirmed), 403).code())
                        .isEqualTo("form-outdated");
                Map<String, String> foreign = new TreeMap<>(confirmed);
                foreign.put("_csrf", "of-another-session");
                assertThat(person.submit(path(place), shown, foreign).statusCode()).isEqualTo(403);
                assertThat(events()).as("nothing is recorded before a person confirms").isEqualTo(before);

                HttpResponse<String> done = person.submit(path(place), shown, action.asks()
                        ? Map.of("step", "confirmed")
                        : confirmed);
                assertThat(done.statusCode()).as("%s %s %s", action, who, done.body()).isEqualTo(302);
                assertThat(events()).as("%s %s", action, who).isEqualTo(before + 1);
                String comment = action.fields().get("comment");
                if (comment != null) {
                    assertThat(lastEvent()).as("%s %s", action, who).contains(comment);
                }
                String next = done.headers().firstValue("Location").orElseThrow().replaceFirst("https?://[^/]*", "");
                assertThat(person.body(next)).contains("class=\"done\"")
                        .satisfies(body -> assertThat(body.contains("mle_"))
                                .as("a code is shown once").isEqualTo(action == Action.MAKE_CODE));
                assertThat(person.body(next)).as("said once").doesNotContain("class=\"done\"", "mle_");
            } else {
                assertThat(form.statusCode()).as("%s %s", action, who)
                        .isIn(who == Who.VIEWER && action == Action.WITHDRAW_MERGE ? 200 : 403, 403);
                assertThat(page.body()).doesNotContainPattern(offer(place));
                Map<String, String> confirmed = new TreeMap<>(action.fields());
                confirmed.put("step", "confirmed");
                assertThat(person.post(path(place), confirmed).statusCode()).as("%s %s", action, who).isEqualTo(403);
                assertThat(events()).as("%s %s", action, who).isEqualTo(before);
            }
        }
    }

    private static String path(Place place) {
        return place.address().replaceFirst("\\?.*", "");
    }

    /** As a link, or as a button of a form. */
    private static Pattern offer(Place place) {
        return Pattern.compile("href=\"%1$s\"|formaction=\"%1$s\"".formatted(
                Pattern.quote(place.address().replace("&", "&amp;"))));
    }

    private Place place(Action action) {
        return switch (action) {
            case APPROVE_MERGE -> merge("approve");
            case REJECT_MERGE -> merge("reject");
            case WITHDRAW_MERGE -> merge("withdraw");
            case OPEN_OVERRIDE -> {
                String page = environment();
                yield new Place(page + "/overrides/new", page);
            }
            case CLOSE_OVERRIDE -> {
                String page = environment();
                GateOverride open = overrides.open(project, name(), new GateOverride.Opening("checkout is down",
                        Instant.now().plus(Duration.ofHours(1))), "local");
                yield new Place(page + "/overrides/" + open.override() + "/close", page);
            }
            case REVIEW_OVERRIDE -> {
                String page = deployable();
                UUID open = overrides.open(project, name(), new GateOverride.Opening("checkout is down",
                        Instant.now().plus(Duration.ofHours(1))), "local").override();
                TestDeploys.asked(context, project, name());
                overrides.close(project, name(), open, "local", null);
                yield new Place(page + "/overrides/" + open + "/review", page);
            }
            case APPROVE_DEPLOY -> {
                String page = deployable();
                yield new Place(page + "/deploys/%s/approve".formatted(TestDeploys.asked(context, project, name())),
                        "/deploys");
            }
            case APPLY_POLICY -> {
                environment();
                String page = "/projects/%s/policy".formatted(project);
                yield new Place(page + "/apply", page);
            }
            case ACCEPT_FINDING -> {
                String page = environment();
                yield new Place(page + "/acceptances/new?finding=" + finding().id(), page);
            }
            case WITHDRAW_ACCEPTANCE -> {
                String page = environment();
                Divergence finding = finding();
                Baseline accepted = acceptances.accept(project, new Baseline.Acceptance(name(),
                        List.of(finding.code()), List.of(finding.subject()), "later", "ann",
                        Instant.now().plus(Duration.ofHours(1))), "local");
                yield new Place("/projects/%s/acceptances/%s/withdraw".formatted(project,
                        accepted.findings().getFirst().id()), page);
            }
            case MAKE_CODE -> new Place("/agents/enrolment-codes/new", "/agents");
            case REVOKE_KEY -> new Place("/agents/%s/revoke".formatted(TestPeople.key(context, project)), "/agents");
            case REINSTATE_KEY ->
                new Place("/agents/%s/reinstate".formatted(TestPeople.suspendedKey(context, project)), "/agents");
            case TRUST_PIPELINE -> new Place("/agents/pipelines/github/new", "/agents");
            case WITHDRAW_TRUST -> new Place("/agents/pipelines/%s/withdraw".formatted(pipelines.trust(
                    new TrustedPipeline.Wanted(null, new GithubRepository(UUID.randomUUID().toString(), null, null,
                            null), project, "*"),
                    "local").pipeline()), "/agents");
        };
    }

    private String name() {
        return "odd-" + forks;
    }

    /** The page of a new environment with a finding. */
    private String environment() {
        forks++;
        new Story(project, name()).scripts("a").table("zz").recordIn(commands);
        automations.round();
        return "/projects/%s/environments/%s".formatted(project, name());
    }

    /** The page of a new environment whose deploys need an approval. */
    private String deployable() {
        forks++;
        new Story(project, name()).scripts("a b<a").files("versions", "a", "b").schema("a").applied("a").table("a")
                .recordIn(commands);
        policies.apply(project, "approvals:\n  - where: {environments: ['%s']}\n    count: 1".formatted(name()), null,
                "local");
        return "/projects/%s/environments/%s".formatted(project, name());
    }

    private Divergence finding() {
        return divergences.openIn(project, List.of(name()), null).getFirst();
    }

    private int forks;

    /** Of a new fork. */
    private Place merge(String action) {
        String head = "h" + ++forks;
        new Story(project, "staging").agent("a" + forks).scripts("a", "x<a", head + "<a").recordIn(commands);
        automations.round();
        UUID merge = merges.open(project, 100).stream().filter(one -> one.content().heads().contains(head)).findFirst()
                .orElseThrow().merge();
        String page = "/projects/%s/merges/%s".formatted(project, merge);
        return new Place(page + "/" + action, page);
    }

    private String lastEvent() {
        return database.sql("select convert_from(payload, 'UTF8') from ledger.event order by global_index desc limit 1")
                .query(String.class).single();
    }

    private long events() {
        return database.sql("select count(*) from ledger.event").query(Long.class).single();
    }
}
