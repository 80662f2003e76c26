package dev.migrationledger.ledger;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.time.Clock;
import java.time.Instant;
import java.util.UUID;

@AnalyzeClasses(packages = "dev.migrationledger.ledger", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

    /** What decides and what folds: no framework, no clock, no chance, so that the same events always say the same. */
    private static final String PURE = "(EnvironmentState|OpenDivergence|Decisions|DivergenceDiff|EnvironmentRetirement|RecordEvents|RecordDivergences|RetireEnvironment|RecordResult|BatchRules|StreamId|Decision|EnvironmentFold|EnvironmentView"
            + "|EnvironmentFacts|SourceScripts|EnvironmentComparison|SchemaView|SchemaFold|ReportedSchema|ReportedFiles|HistoryFold|RecentChanges|RecentChangesFold|DivergenceFold"
            + "|OrganisationState|People|PeopleCommand|PeopleDecisions|PeopleResult|ProjectState|ApplyPolicy|PolicyDecisions|AcceptFindings|ExpireAcceptances|WithdrawAcceptance|BaselineDecisions|BaselineResult|PolicyReplay"
            + "|Branch|BranchesState|BranchesCommand|BranchesDecisions"
            + "|EventFacts|AgentFacts|LedgerFacts|GateFacts|MergeFacts|IdentityFacts|GapClause|SearchWords|SearchTokens|IndexedEntry|KnownRun"
            + "|WebhookCommand|WebhookDecisions|Matter|MatterReport|RetryPlan|ChatText|ChatBody"
            + "|Distances|RevisionSearch|KeyFilter"
            + "|Merge|MergesState|MergesCommand|MergesDecisions|MergesResult)";

    @ArchTest
    static final ArchRule decisions_and_folds_know_no_framework = classes()
            .that().haveNameMatching(".*\\." + PURE + "(\\$.*)?")
            .should().onlyDependOnClassesThat()
            .resideInAnyPackage(
                    "dev.migrationledger.contracts..",
                    "dev.migrationledger.core..",
                    "dev.migrationledger.ledger..",
                    "java.lang..",
                    "java.math..",
                    "java.time..",
                    "java.util..",
                    "org.jspecify.annotations");

    @ArchTest
    static final ArchRule decisions_and_folds_read_no_clock = noClasses()
            .that().haveNameMatching(".*\\." + PURE + "(\\$.*)?")
            .should().callMethod(Instant.class, "now")
            .orShould().callMethod(UUID.class, "randomUUID")
            .orShould().dependOnClassesThat().areAssignableTo(Clock.class);

    @ArchTest
    static final ArchRule only_the_recording_kernel_knows_axon = noClasses()
            .that().resideOutsideOfPackages("..ledger.recording", "..ledger.recording.store")
            .should().dependOnClassesThat().resideInAPackage("org.axonframework..");

    @ArchTest
    static final ArchRule parts_of_the_recording_kernel_do_not_know_its_root = noClasses()
            .that().resideInAPackage("..ledger.recording.(*)..")
            .should().dependOnClassesThat().resideInAPackage("dev.migrationledger.ledger.recording");

    @ArchTest
    static final ArchRule parts_of_the_recording_kernel_form_no_cycle = slices()
            .matching("dev.migrationledger.ledger.recording.(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule what_a_capability_decides_knows_no_framework = classes()
            .that().resideInAPackage("..ledger.recording.stream")
            .should().onlyDependOnClassesThat()
            .resideInAnyPackage("..ledger.recording.stream", "dev.migrationledger.contracts..", "java..",
                    "org.jspecify..");

    @ArchTest
    static final ArchRule recording_a_batch_knows_no_http = noClasses()
            .that().resideInAPackage("dev.migrationledger.ledger.ingest")
            .should().dependOnClassesThat()
            .resideInAnyPackage("org.springframework.http..", "org.springframework.web..", "jakarta..",
                    "dev.migrationledger.ledger.problem..", "dev.migrationledger.ledger.ingest.http..");

    @ArchTest
    static final ArchRule packages_form_no_cycle = slices().matching("dev.migrationledger.ledger.(*)..").should()
            .beFreeOfCycles();

    @ArchTest
    static final ArchRule the_ledger_never_sees_the_agent = noClasses().should().dependOnClassesThat()
            .resideInAPackage("dev.migrationledger.agent..");

    @ArchTest
    static final ArchRule the_platform_knows_nothing_of_what_is_recorded = noClasses()
            .that().resideInAnyPackage("dev.migrationledger.ledger.platform", "dev.migrationledger.ledger.embedded")
            .should().dependOnClassesThat()
            .resideInAnyPackage(
                    "dev.migrationledger.ledger.environment",
                    "dev.migrationledger.ledger.ingest",
                    "dev.migrationledger.ledger.view");
}
