package dev.migrationledger.contracts.golden;

import dev.migrationledger.contracts.diagnosis.Divergence;
import dev.migrationledger.contracts.diagnosis.DivergenceCode;
import dev.migrationledger.contracts.diagnosis.Finding.Exhibit;
import dev.migrationledger.contracts.diagnosis.Finding.PlanStep;
import dev.migrationledger.contracts.diagnosis.Finding;
import dev.migrationledger.contracts.diagnosis.Resolution;
import dev.migrationledger.contracts.diagnosis.Severity;
import dev.migrationledger.contracts.envelope.AgentEnvelope;
import dev.migrationledger.contracts.envelope.EventBatch;
import dev.migrationledger.contracts.envelope.Heartbeat;
import dev.migrationledger.contracts.envelope.HeartbeatAnswer;
import dev.migrationledger.contracts.envelope.Occurrence;
import dev.migrationledger.contracts.envelope.Receipt;
import dev.migrationledger.contracts.envelope.RecordedEvent;
import dev.migrationledger.contracts.environment.Comparison;
import dev.migrationledger.contracts.environment.EnvironmentReport;
import dev.migrationledger.contracts.environment.EnvironmentSummary;
import dev.migrationledger.contracts.environment.ProjectSummary;
import dev.migrationledger.contracts.environment.Retirement;
import dev.migrationledger.contracts.environment.RevisionStatus;
import dev.migrationledger.contracts.event.AgentEvent.*;
import dev.migrationledger.contracts.event.Attribution.Touch;
import dev.migrationledger.contracts.event.Attribution.TouchedObject;
import dev.migrationledger.contracts.event.Attribution;
import dev.migrationledger.contracts.event.Clue;
import dev.migrationledger.contracts.event.Event;
import dev.migrationledger.contracts.event.Evidence;
import dev.migrationledger.contracts.event.GapReason;
import dev.migrationledger.contracts.event.BranchEvent.*;
import dev.migrationledger.contracts.event.EvidenceEvent.*;
import dev.migrationledger.contracts.event.GateEvent.*;
import dev.migrationledger.contracts.event.IdentityEvent.*;
import dev.migrationledger.contracts.event.LedgerEvent.*;
import dev.migrationledger.contracts.event.MergeEvent.*;
import dev.migrationledger.contracts.event.ObservedScripts;
import dev.migrationledger.contracts.event.PolicyEvent.*;
import dev.migrationledger.contracts.event.RevisionFile;
import dev.migrationledger.contracts.event.RunClaim;
import dev.migrationledger.contracts.event.ToolInvocation.Program;
import dev.migrationledger.contracts.event.ToolInvocation;
import dev.migrationledger.contracts.event.VersionTable;
import dev.migrationledger.contracts.event.WebhookEvent.*;
import dev.migrationledger.contracts.footprint.Alteration;
import dev.migrationledger.contracts.footprint.Condition;
import dev.migrationledger.contracts.footprint.Effect;
import dev.migrationledger.contracts.footprint.Effects;
import dev.migrationledger.contracts.footprint.Footprint;
import dev.migrationledger.contracts.footprint.Location;
import dev.migrationledger.contracts.footprint.Reach;
import dev.migrationledger.contracts.history.ProjectHistory;
import dev.migrationledger.contracts.history.RevisionHistory;
import dev.migrationledger.contracts.history.RevisionVariant;
import dev.migrationledger.contracts.history.Sighting;
import dev.migrationledger.contracts.identity.GrantedRole;
import dev.migrationledger.contracts.identity.PipelineMatch;
import dev.migrationledger.contracts.identity.PipelineRun;
import dev.migrationledger.contracts.identity.Role;
import dev.migrationledger.contracts.log.Tampering;
import dev.migrationledger.contracts.merge.MergeAuthors;
import dev.migrationledger.contracts.merge.MergeContent;
import dev.migrationledger.contracts.merge.MergeDifference;
import dev.migrationledger.contracts.merge.MergeProposal;
import dev.migrationledger.contracts.merge.MergeRehearsal;
import dev.migrationledger.contracts.merge.MergeWay;
import dev.migrationledger.contracts.policy.AcceptedFinding;
import dev.migrationledger.contracts.policy.EnvironmentPolicy;
import dev.migrationledger.contracts.policy.EnvironmentSelector;
import dev.migrationledger.contracts.policy.FreezePeriod;
import dev.migrationledger.contracts.policy.GateReason.*;
import dev.migrationledger.contracts.policy.GateReason;
import dev.migrationledger.contracts.policy.MergeRule;
import dev.migrationledger.contracts.policy.OtherEnvironment;
import dev.migrationledger.contracts.policy.Policy.*;
import dev.migrationledger.contracts.policy.Policy;
import dev.migrationledger.contracts.policy.PolicyPlace;
import dev.migrationledger.contracts.policy.RuleMode;
import dev.migrationledger.contracts.policy.SignedPolicy;
import dev.migrationledger.contracts.problem.Problem;
import dev.migrationledger.contracts.revision.Author;
import dev.migrationledger.contracts.revision.Revision;
import dev.migrationledger.contracts.revision.RevisionAuthors;
import dev.migrationledger.contracts.revision.SemanticDigest;
import dev.migrationledger.contracts.schema.Definition;
import dev.migrationledger.contracts.schema.ObjectKind;
import dev.migrationledger.contracts.schema.ObjectName;
import dev.migrationledger.contracts.schema.SchemaObject;
import dev.migrationledger.contracts.text.Fingerprint;
import dev.migrationledger.contracts.unread.UnreadReason;
import dev.migrationledger.contracts.unread.ValueReason.Called;
import dev.migrationledger.contracts.webhook.WebhookFormat;
import dev.migrationledger.contracts.webhook.WebhookKind;
import dev.migrationledger.contracts.webhook.WebhookMessage;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;

/** One of everything that travels, with every component set. */
final class Examples {

    private static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");
    private static final Instant LATER = Instant.parse("2026-11-21T12:00:05.250Z");
    private static final UUID EPOCH = UUID.fromString("019f4c2e-7d00-7000-8000-0000000000ee");
    private static final UUID ID = UUID.fromString("019f4c2e-7d00-7000-8000-000000000001");
    private static final String DIGEST = "2c26b46b68ffc68ff99b453c1d30413413422d706483bfa0f98a5e886266e7ae";

    private static final Evidence SEEN = new Evidence(
            Evidence.Method.TRIGGER, Evidence.Certainty.CERTAIN,
            List.of(new Clue.Wrote(Clue.Wrote.By.SAME_TRANSACTION, "9001",
                    List.of(new Clue.WrittenRows("pg_class", 3)))),
            new Attribution(
                    new Attribution.Actor("deploy", "alembic", "10.0.0.7", 4711, "9001"),
                    "UPDATE alembic_version SET version_num='3f1c' WHERE alembic_version.version_num = '1a2b'",
                    List.of(new TouchedObject(Touch.CREATED, "table", "public.routes"))));

    private static final Finding TWO_HEADS = new Finding(
            DivergenceCode.MULTIPLE_HEADS,
            Severity.ERROR,
            "",
            "The history has 2 heads: '3f1c' and '7ab2'.",
            List.of(Exhibit.file("versions/3f1c_routes.py", 12), Exhibit.object(ObjectName.table("public", "routes")),
                    new Exhibit(Exhibit.What.REVISION_ONLY_IN_SOURCE, "7ab2", null, null, "image:navbot:1.3", NOON)),
            List.of(new PlanStep(
                    "alembic merge -m \"merge heads\" 3f1c 7ab2",
                    "Writes a new file and changes no database.",
                    "'alembic heads' prints one revision.",
                    List.of("Have the file reviewed before you use it."))));

    private static final Revision MERGE = new Revision(
            "9e9d", List.of("3f1c", "7ab2"), List.of("c0de"), List.of("navigation"), "merge routes and maps",
            "9e9d_merge.py", DIGEST, new SemanticDigest(1, DIGEST, true, false));

    private static final Definition COLUMN = new Definition.Column(
            "text", "\"C\"", false, true, "''::text", "ALWAYS", "(1) STORED", true);

    private static final Location HERE = new Location(21, "helpers/tables.py", 7);

    private static final ObjectName ROUTES = ObjectName.table("public", "routes");

    private static final Condition UNLESS_THERE = new Condition(Condition.When.UNLESS_THERE, ROUTES,
            List.of(List.of(new Condition.ExistenceCheck(true, ROUTES))));

    private static final Effects EFFECTS = new Effects(List.of(
            new Effect.Create(ObjectName.column("public", "routes", "metadata"),
                    COLUMN, true,
                    UNLESS_THERE, HERE),
            new Effect.Alter(ObjectName.column("public", "routes", "metadata"),
                    List.of(new Alteration.TypeChanged("text", "\"C\""), new Alteration.NullableSet(false),
                            new Alteration.Unknown(Alteration.Aspect.DEFAULT, "default")),
                    UNLESS_THERE, HERE),
            new Effect.Rename(ObjectName.column("public", "routes", "metadata"),
                    ObjectName.column("public", "routes", "extra_data"), UNLESS_THERE, HERE),
            new Effect.Drop(ROUTES, true, UNLESS_THERE, HERE),
            new Effect.Write(ROUTES, true, UNLESS_THERE, HERE),
            new Effect.Unread("op.execute(f\"ALTER TABLE {t} ADD COLUMN source text\")", new Called("name"),
                    new Reach(Set.of(Effect.Action.CREATE), Set.of(ObjectKind.COLUMN), Set.of("source")),
                    ObjectName.column("public", "routes", "source"), HERE)),
            true, true);

    private static Effect unread(UnreadReason reason) {
        return new Effect.Unread("op.execute(sql)", reason,
                new Reach(Set.of(Effect.Action.CREATE), Set.of(ObjectKind.TABLE), Set.of("routes")), ROUTES, HERE);
    }

    private static final Footprint FOOTPRINT = new Footprint(EFFECTS, EFFECTS);

    private static final VersionTable TABLE = new VersionTable("public.alembic_version", VersionTable.State.PRESENT,
            List.of("3f1c", "7ab2"), "ops.alembic_version");

    private static final Occurrence BETWEEN = Occurrence.between(NOON, LATER);

    private static final RevisionStatus APPLIED = new RevisionStatus("3f1c", RevisionStatus.Kind.APPLIED, true, BETWEEN,
            SEEN);

    private static final RunClaim CLAIM = new RunClaim(
            List.of("alembic", "upgrade", "head"), "deploy", "runner-7", "9fceb02d0ae598e95dc970b74767f19372d61af8",
            "navbot:1.4.2", Map.of("GITHUB_RUN_ID", "4711"), "claude-code");

    private static final PipelineRun PIPELINE = new PipelineRun.GithubJob(
            "https://token.actions.githubusercontent.com", "74120581", "acme/shop", "production",
            "acme/shop/.github/workflows/deploy.yml@refs/heads/main", "refs/heads/main", "4711", "ada");

    private Examples() {}

    static List<Event> events() {
        return List.of(
                new AgentStarted("0.1.0", "alembic", "watch", Map.of("tier", "prod", "tenant", "42")),
                new AgentStopped(AgentStopped.Reason.ASKED_TO_STOP),
                new ScriptsScanned("/srv/navbot/alembic.ini", 1, DIGEST, "0".repeat(64), List.of(MERGE),
                        List.of("old.py"),
                        ScriptProblems.ALL,
                        new ToolInvocation(Program.ALEMBIC, List.of("deploy/alembic.ini"), "tenant",
                                List.of("tenant=42"), false, "/srv/navbot")),
                new RevisionFilesRead("/srv/navbot/alembic.ini", 1, List.of(
                        new RevisionFile("9e9d", "9e9d_merge.py", DIGEST, "revision = '9e9d'\n", null, FOOTPRINT),
                        new RevisionFile("c0de", "c0de_seed.py", DIGEST, null, RevisionFile.Withheld.TOO_LARGE,
                                FOOTPRINT))),
                new RevisionAuthorsRead("/srv/navbot/alembic.ini", List.of(
                        new RevisionAuthors(DIGEST, true, List.of(new Author("Ada", "ada@example.org"))))),
                new HeadDetected(List.of("9e9d", "c0de"), List.of("9e9d")),
                new RevisionApplied("3f1c", true, SEEN),
                new RevisionReverted("3f1c", true, SEEN),
                new RevisionStamped(List.of("9e9d"), List.of("3f1c"), SEEN),
                new VersionTableObserved(TABLE),
                new VersionTableEdited(List.of("3f1c"), List.of("3f1c", "7ab2"), SEEN),
                new SchemaObserved(
                        new Fingerprint(2, DIGEST),
                        new Fingerprint(2, "0".repeat(64)),
                        List.of(new SchemaObject(ObjectName.column("public", "routes", "name"), COLUMN)),
                        List.of(new ObjectName(ObjectKind.TRIGGER, "public", "routes", "touch_routes")),
                        "public",
                        0),
                new ObservationGap(NOON, LATER,
                        new GapReason.DatabaseNotSeen(GapReason.DatabaseNotSeen.Failure.REJECTED)),
                new RunStarted(ID, CLAIM),
                new RunEnded(ID, 1),
                new EnvironmentRegistered(Map.of("tier", "prod", "tenant", "42")),
                new EnvironmentRetired("ada", "moved to cluster 2"),
                new EnvironmentRevived("navbot-production"),
                new RunProved(ID, PIPELINE),
                new DivergenceDetected(ID, TWO_HEADS),
                new DivergenceChanged(ID, TWO_HEADS),
                new DivergenceResolved(ID, DivergenceCode.MULTIPLE_HEADS, LATER,
                        new Resolution(Resolution.Cause.ENVIRONMENT_RETIRED, "moved to cluster 2")),
                new ContentWithdrawn("agent.version-table-observed.v1",
                        "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08", 31_457_280,
                        "A label of 30 MiB kept the page from opening.", Instant.parse("2026-01-01T12:00:00Z")),
                new AdministratorLinkIssued(DIGEST, LATER),
                new AdministratorLinkUsed(DIGEST),
                new AccessTokenIssued(ID, "local", "compare from CI", Role.VIEWER, "navbot", DIGEST, LATER),
                new AccessTokenRevoked(ID, "local"),
                new PersonSignedIn("https://id.example.org 4711", "Ada", "ada@example.org",
                        List.of(new GrantedRole(Role.VIEWER, "navbot"))),
                new RoleGranted("https://id.example.org 4711", Role.APPROVER, "navbot", "local"),
                new RoleWithdrawn("https://id.example.org 4711", Role.VIEWER, "navbot", "local"),
                new EnrolmentCodeIssued(ID, DIGEST, "navbot", "tenant-*", LATER, "local", "for the new replica"),
                new AgentEnrolled(DIGEST, "MCowBQYDK2VwAyEAGb9ECWmEzf6FQbrBZ9w7lshQhqowtrbLDFw4rXAxZuE=", "db-1",
                        "navbot",
                        "tenant-*", ID),
                new AgentKeyRevoked(DIGEST, "local", "db-1 is gone"),
                new AgentKeySuspended(DIGEST, 41, 43),
                new AgentKeyReinstated(DIGEST, "local"),
                new PipelineTrusted(ID, "https://token.actions.githubusercontent.com",
                        new PipelineMatch.GithubRepository("74120581", "production",
                                "acme/shop/.github/workflows/deploy.yml@refs/heads/main", "refs/heads/main"),
                        "navbot", "tenant-*", "local"),
                new PipelineTrustWithdrawn(ID, "local"),
                new PolicyApplied(3, "local", "freshness:\n  - at-most: 5m\n"),
                new AcceptanceGranted(ID, "production", DivergenceCode.SCHEMA_HOLE, "", Severity.ERROR,
                        List.of("0a1b2c3d4e5f6071", "8b9cadbecfd0e1f2"), "repaired with release 42", "ann", LATER,
                        "local"),
                new AcceptanceWithdrawn(ID, "local"),
                new AcceptanceExpired(ID),
                new BranchPublished("pr:731", "ann", List.of(MERGE), List.of("2d0c")),
                new BranchAuthorsRead("pr:731",
                        List.of(new RevisionAuthors(DIGEST, false, List.of(new Author("Ann", "ann@example.com"))))),
                new BranchClosed("pr:731", "ann"),
                new MergeProposed(ID, "ann", MergeWay.MERGE, CONTENT),
                new MergeContentChanged(ID, CONTENT,
                        Stream.of(MergeDifference.Kind.values())
                                .map(kind -> new MergeDifference(kind, "7ab2", DIGEST, "0".repeat(64))).toList()),
                new MergeApproved(ID, "ann", 3, "rehearsed on staging"),
                new MergeAuthorsKnown(ID, List.of(new MergeAuthors("7ab2", DIGEST, MergeAuthors.Origin.PEOPLE,
                        List.of("https://id.example.org 4711")))),
                new MergeApprovalCarried(ID, "ann", List.of("7ab2")),
                new MergeApprovalExpired(ID, "ann", MergeProposal.Expiry.CONTENT_CHANGED),
                new MergeRehearsed(ID, "ann", REHEARSAL),
                new MergeRejected(ID, "ann", "7ab2 drops a column that is in use"),
                new MergeWithdrawn(ID, "ann", "7ab2 goes away"),
                new MergeWritten(ID, "9e9d", MergeWay.REPARENT, true),
                new MergeApplied(ID, "production", true),
                new MergeClosed(ID, true),
                new DeployAllowed(ID, DEPLOY, reasons(), 3, CIRCUMSTANCES, LATER, EPOCH),
                new DeployBlocked(ID, DEPLOY, reasons(), 0, CIRCUMSTANCES),
                new DeployDecidedLocally(ID, DEPLOY, reasons(), 3, NOON, false, LATER),
                new DeployApproved(ID, "ann", "seen on staging"),
                new DeployEnded(ID, ID, 1),
                new OverrideOpened(ID, "ann", "the old index locks checkout", LATER),
                new OverrideClosed(ID, "ann", "checkout is back"),
                new OverrideReviewed(ID, "bob", "one revision, as announced"),
                new TamperingFound(new Tampering(Tampering.Kind.EVENT_CHANGED, 4711, 4711, "navbot/production")),
                new TamperingRepaired(new Tampering(Tampering.Kind.SIGNATURE_MISSING, 12, 14, "navbot/production")),
                new WebhookAdded(ID, "team chat", "https://hooks.slack.com", "navbot", "*", Map.of("tier", "prod"),
                        List.of(WebhookKind.DIVERGENCE, WebhookKind.DEPLOY_BLOCKED), Severity.WARNING,
                        WebhookFormat.CHAT, "local"),
                new WebhookRemoved(ID, "local"));
    }

    private static final MergeRehearsal REHEARSAL = new MergeRehearsal(MergeWay.MERGE, List.of("3f1c", "7ab2"),
            List.of(MERGE), List.of(new MergeRehearsal.Run(List.of("3f1c", "7ab2", "(merge)"), List.of("production"),
                    new MergeRehearsal.Failure("(merge)", "7ab2", 1,
                            "psycopg2.errors.UndefinedColumn: column \"stop\" does not exist"),
                    new Fingerprint(2, DIGEST),
                    List.of(new MergeRehearsal.Difference(ObjectName.column("public", "routes", "stop"), "integer",
                            "bigint")),
                    1)),
            0, "alembic 1.8.1", "PostgreSQL 18.1");

    private static final MergeContent CONTENT = new MergeContent(List.of("2d0c"),
            List.of(new MergeContent.Side("3f1c", List.of(new MergeContent.SideRevision(MERGE, false, List.of(14))),
                    List.of(ObjectName.table("public", "routes")), List.of("production"))),
            List.of(ObjectName.table("public", "routes")), MergeWay.MERGE, List.of("staging"));

    private static final Deploy DEPLOY = new Deploy("navbot-ci", Asker.AGENT,
            new ObservedScripts("git:4f2a91c", 3, DIGEST, List.of("b8c9")), List.of("79fa"),
            new Fingerprint(2, DIGEST), List.of("b8c9"), NOON, EPOCH);

    private static final Circumstances CIRCUMSTANCES = new Circumstances(Map.of("tier", "prod"), Role.APPROVER, 1, NOON,
            List.of(new OtherEnvironment("staging", Map.of("tier", "staging"), Map.of("b8c9", NOON), LATER)));

    /** One of each kind. */
    private static List<GateReason> reasons() {
        PolicyPlace place = new PolicyPlace(PolicyPlace.Section.FREEZE, 1);
        FoundDivergence found = new FoundDivergence(DivergenceCode.SCHEMA_HOLE, "", Severity.ERROR);
        return List.of(
                new FindingOpen(RuleMode.ENFORCE, place, found),
                new FindingAccepted(place, found, "ann", LATER),
                new AcceptanceEnded(RuleMode.WARN, place, found, "ann", NOON),
                new WorseThanAccepted(RuleMode.ENFORCE, place, found, Severity.WARNING, 2),
                new NoEarlierEnvironment(RuleMode.ENFORCE, place),
                new NotAppliedEarlier(RuleMode.ENFORCE, place, "staging", List.of("b8c9")),
                new AppliedTooRecently(RuleMode.ENFORCE, place, "staging", "b8c9", NOON, Duration.ofHours(24), LATER),
                new EarlierObservationTooOld(RuleMode.ENFORCE, place, "staging", "b8c9", NOON, LATER),
                new NeverObserved(RuleMode.ENFORCE, place),
                new ObservationTooOld(RuleMode.AUDIT, place, NOON, Duration.ofMinutes(5)),
                new Frozen(RuleMode.ENFORCE, place, "weekend", LATER, Set.of(Role.APPROVER, Role.ADMINISTRATOR)),
                new FreezePassed(place, "weekend", LATER, Role.APPROVER),
                new AlreadyBegun(place, "weekend", LATER, NOON),
                new NoPipeline(RuleMode.ENFORCE, place),
                new ApprovalsMissing(RuleMode.ENFORCE, place, 2, 1),
                new DeployRunning(EPOCH, "navbot-ci", NOON),
                new LedgerUnreachable(RuleMode.WARN, Unreachable.LOCAL, NOON),
                new LedgerNeeded(RuleMode.ENFORCE, place),
                new Overridden(EPOCH, "ann", LATER));
    }

    /** What is no event, by the name of its file. */
    static Map<String, Object> others() {
        AgentEnvelope envelope = new AgentEnvelope(
                ID, "navbot", "production", "navbot-production", EPOCH, 7, BETWEEN, LATER,
                new RevisionApplied("3f1c", true, SEEN));
        Map<String, Object> others = new HashMap<>();
        others.put("divergence", divergence());
        others.put("heartbeat", new Heartbeat("navbot", "production", "navbot-production", EPOCH, 41L, 7L));
        others.put("unread-effects",
                new Effects(UnreadReasons.ALL.stream().map(Examples::unread).toList(), true, true));
        others.put("heartbeat-answer", new HeartbeatAnswer(41L));
        others.put("environment-policy", environmentPolicy());
        others.put("webhook-message", new WebhookMessage(WebhookMessage.CHANGES, NOON,
                new WebhookMessage.Content("navbot", "1 divergence of navbot.", List.of(new WebhookMessage.Notice(
                        WebhookKind.DIVERGENCE, WebhookMessage.Change.BEGAN, "production", "multiple-heads",
                        Severity.ERROR, TWO_HEADS.message(), NOON, 4711,
                        "https://ledger.example.org/projects/navbot/environments/production")), 2)));
        others.put("signed-policy", new SignedPolicy("{}", "MCowBQYDK2VwAyEA", "c2lnbmF0dXJl"));
        others.putAll(Map.of(
                "envelope", envelope,
                "batch", new EventBatch(List.of(envelope), LATER),
                "recorded-event", RecordedEvent.of(envelope, LATER, LATER),
                "receipt", new Receipt(3, 2, 7),
                "problem",
                new Problem(
                        "urn:migration-ledger:sequence-ahead",
                        "Events are missing before these",
                        409,
                        "The batch starts at 9, but 8 is expected; send from 8.",
                        "sequence-ahead",
                        "events[0].sequence",
                        8L),
                "project-summary", new ProjectSummary("navbot", 2),
                "environment-summary",
                new EnvironmentSummary("production", Map.of("tier", "prod", "tenant", "42"), TABLE, List.of("9e9d"),
                        NOON, LATER, new Retirement(LATER, "ada", "moved to cluster 2")),
                "environment-report", report(),
                "project-history", new ProjectHistory("navbot", List.of(history()), "9e9d"),
                "comparison", comparison()));
        return others;
    }

    /** With a rule of each kind. */
    private static EnvironmentPolicy environmentPolicy() {
        EnvironmentSelector production = new EnvironmentSelector(Set.of("production", "live"),
                Map.of("tier", Set.of("prod", "canary")));
        Policy policy = new Policy(
                List.of(new FindingRule(Set.of(DivergenceCode.SCHEMA_HOLE, DivergenceCode.BEHIND_HEAD), production,
                        RuleMode.AUDIT)),
                List.of(new PromotionRule(production, production, Duration.ofHours(24),
                        RuleMode.ENFORCE)),
                List.of(new FreshnessRule(production, Duration.ofMinutes(5), RuleMode.WARN)),
                List.of(new FreezeRule("weekend", production, ZoneId.of("Europe/Berlin"),
                        FreezePeriod.Weekly.between(DayOfWeek.FRIDAY, LocalTime.of(16, 0), DayOfWeek.MONDAY,
                                LocalTime.of(8, 0)),
                        Set.of(Role.APPROVER, Role.ADMINISTRATOR), RuleMode.ENFORCE),
                        new FreezeRule("audit", production, ZoneId.of("UTC"),
                                new FreezePeriod.Dates(LocalDateTime.of(2026, 12, 20, 18, 0),
                                        LocalDateTime.of(2027, 1, 4, 8, 30, 15)),
                                Set.of(Role.ADMINISTRATOR), RuleMode.ENFORCE)),
                List.of(new PipelineRule(production, RuleMode.ENFORCE)),
                List.of(new ApprovalRule(production, 2, RuleMode.ENFORCE)), Unreachable.LOCAL,
                new MergeRule(1, 1, MergeRule.Authors.KNOWN, MergeRule.Rehearsal.REQUIRED));
        return new EnvironmentPolicy(EnvironmentPolicy.FORM, "navbot", "production", Map.of("tier", "prod"), 3, policy,
                List.of(new AcceptedFinding("production", DivergenceCode.SCHEMA_HOLE, "", Severity.ERROR,
                        Set.of("0a1b2c3d4e5f6071", "8b9cadbecfd0e1f2"), "repaired with release 42", "ann", LATER)),
                NOON);
    }

    private static Divergence divergence() {
        return new Divergence(ID, "navbot", "production", TWO_HEADS.code(), "3f1c", TWO_HEADS.severity(),
                TWO_HEADS.message(), TWO_HEADS.evidence(), TWO_HEADS.plan(), NOON, NOON, LATER,
                Divergence.State.RESOLVED, new Resolution(Resolution.Cause.ENVIRONMENT_RETIRED, "moved to cluster 2"));
    }

    private static RevisionHistory history() {
        Sighting first = new Sighting(NOON, "staging", "navbot-staging", "git:4f2a91c");
        Sighting last = new Sighting(LATER, "production", "navbot-production", "/srv/navbot/alembic.ini");
        return new RevisionHistory("navbot", "9e9d", List.of(new RevisionVariant(MERGE, true, first, last, 2,
                List.of(new RevisionVariant.InEnvironment("production", last, last, true)))));
    }

    private static EnvironmentReport report() {
        return new EnvironmentReport(
                "navbot",
                "production",
                Map.of("tier", "prod", "tenant", "42"),
                TABLE,
                List.of("9e9d", "c0de"),
                List.of("9e9d"),
                List.of(APPLIED),
                List.of("gone"),
                List.of(TWO_HEADS),
                List.of(new EnvironmentReport.ScriptsSource("/srv/navbot/alembic.ini", "navbot-production", DIGEST,
                        List.of("9e9d", "c0de"), 4, true, NOON, LATER)),
                List.of(new EnvironmentReport.WatchingAgent("navbot-production", EPOCH, 7, true, LATER, 3600L,
                        LATER, "0.9.1", "watch")),
                List.of(new EnvironmentReport.Run(EPOCH, CLAIM, PIPELINE, NOON, LATER, 0)),
                NOON,
                LATER,
                42,
                3,
                new Retirement(LATER, "ada", "moved to cluster 2"));
    }

    private static Comparison comparison() {
        return new Comparison(
                "navbot",
                new Comparison.Side("staging", List.of("3f1c"), List.of("9e9d"), List.of("gone"), NOON),
                new Comparison.Side("production", List.of("7ab2"), List.of("9e9d"), List.of("lost"), LATER),
                Comparison.Relation.FORKED,
                List.of(APPLIED),
                List.of(new RevisionStatus("7ab2", RevisionStatus.Kind.STAMPED, false, Occurrence.exactly(NOON), SEEN)),
                List.of(new Comparison.Shared(
                        new RevisionStatus("1a2b", RevisionStatus.Kind.APPLIED, false, Occurrence.noLaterThan(NOON),
                                SEEN),
                        new RevisionStatus("1a2b", RevisionStatus.Kind.APPLIED, true, BETWEEN, SEEN))),
                List.of("1a2b"),
                new Comparison.SchemaForms(1, 2),
                List.of(divergence()));
    }
}
