package dev.migrationledger.contracts.event;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Events hold facts: names, ids, digests, paths, values and texts of others. Our own sentences are made when they are read, so that a
 * better one changes no event. A new text of an event belongs on {@link #FACTS}.
 * {@link #QUOTED} is what the ledger itself said.
 */
class FactsNotSentencesTest {

    private static final Set<String> FACTS = set(
            """
                    AcceptanceGranted.by AcceptanceGranted.environment AcceptanceGranted.facts AcceptanceGranted.owner
                    AcceptanceGranted.reason AcceptanceGranted.subject AcceptanceWithdrawn.by
                    AccessTokenIssued.digest AccessTokenIssued.name AccessTokenIssued.person AccessTokenIssued.project AccessTokenRevoked.by
                    AdministratorLinkIssued.digest AdministratorLinkUsed.digest
                    AgentEnrolled.environment AgentEnrolled.key AgentEnrolled.name AgentEnrolled.project AgentEnrolled.publicKey
                    AgentKeyReinstated.by AgentKeyReinstated.key AgentKeyRevoked.by AgentKeyRevoked.key AgentKeyRevoked.reason
                    AgentKeySuspended.key
                    BranchAuthorsRead.source BranchClosed.by BranchClosed.source BranchPublished.by BranchPublished.follows BranchPublished.source
                    MergeAuthors.digest MergeAuthors.people MergeAuthors.revision
                    MergeApplied.environment MergeApprovalCarried.by MergeApprovalCarried.revisions
                    MergeApprovalExpired.by MergeApproved.by MergeApproved.comment MergeContent.parting MergeContent.unplaced
                    MergeDifference.after MergeDifference.before MergeDifference.revision MergeProposed.by
                    MergeRehearsal.heads MergeRehearsal.server MergeRehearsal.tool MergeRehearsed.by Run.environments Run.stops
                    Failure.error Failure.revision Failure.stop Difference.first Difference.here
                    MergeRejected.by MergeRejected.reason MergeWithdrawn.by MergeWithdrawn.reason
                    MergeWritten.revision SameCode.one SameCode.other SemanticDigest.value Side.head Side.ranIn
                    GrantedRole.project PersonSignedIn.email PersonSignedIn.name PersonSignedIn.person
                    AcceptanceEnded.owner AppliedTooRecently.environment AppliedTooRecently.revision Deploy.by DeployApproved.by DeployApproved.comment Deploy.pending Deploy.rows
                    DeployRunning.by EarlierObservationTooOld.environment EarlierObservationTooOld.revision FindingAccepted.owner FoundDivergence.subject FreezePassed.name Frozen.name AlreadyBegun.name
                    NotAppliedEarlier.environment NotAppliedEarlier.revisions ObservedScripts.digest ObservedScripts.heads
                    ObservedScripts.source OtherEnvironment.name Circumstances.labels OtherEnvironment.applied OtherEnvironment.labels Overridden.by OverrideClosed.by OverrideClosed.comment OverrideOpened.by OverrideOpened.reason
                    OverrideReviewed.by OverrideReviewed.remark
                    RoleGranted.by RoleGranted.person RoleGranted.project RoleWithdrawn.by RoleWithdrawn.person RoleWithdrawn.project
                    EnrolmentCodeIssued.by EnrolmentCodeIssued.comment EnrolmentCodeIssued.digest EnrolmentCodeIssued.environment EnrolmentCodeIssued.project
                    PipelineTrusted.environment PipelineTrusted.issuer PipelineTrusted.project PipelineTrusted.by PipelineTrustWithdrawn.by
                    WebhookAdded.by WebhookAdded.environment WebhookAdded.labels WebhookAdded.name WebhookAdded.origin WebhookAdded.project
                    WebhookRemoved.by
                    GithubRepository.environment GithubRepository.ref GithubRepository.repositoryId GithubRepository.workflow
                    GitlabProject.environment GitlabProject.projectId
                    GithubJob.actor GithubJob.environment GithubJob.issuer GithubJob.ref GithubJob.repository
                    GithubJob.repositoryId GithubJob.run GithubJob.workflow
                    GitlabJob.actor GitlabJob.environment GitlabJob.issuer GitlabJob.job GitlabJob.pipeline
                    GitlabJob.projectId GitlabJob.projectPath GitlabJob.ref
                    KubernetesPod.issuer KubernetesPod.namespace KubernetesPod.pod KubernetesPod.serviceAccount
                    KubernetesPod.uid
                    KubernetesAccount.namespace KubernetesAccount.serviceAccount KubernetesAccount.uid
                    Actor.applicationName Actor.clientAddress Actor.transaction Actor.user AgentError.error
                    AgentFailure.agentVersion AgentFailure.error AgentStarted.agentVersion AgentStarted.labels
                    AgentStarted.mode AgentStarted.tool Attribution.statement BooleanExpected.option
                    BooleanExpected.value Builtin.name Called.function CalledInDatabase.function ChangedGlobal.name
                    Column.collation Column.defaultValue Column.generated Column.identity Column.type Commented.text
                    CompositeType.details ComputedArgument.argument ComputedToken.token Conditional.condition
                    Constraint.columns Constraint.details Constraint.expression Constraint.onDeleteOf
                    Constraint.referenced ContentWithdrawn.digest ContentWithdrawn.reason ContentWithdrawn.withdrawnType
                    ContradictedEncoding.encoding DeclarationUnknown.expression DeclaredRevision.file
                    DeclaredRevision.revision DefaultSet.expression Domain.details Domain.type DuplicateId.revision
                    EffectiveHead.dependent EffectiveHead.head EmptyId.file EnumType.perhaps EnumType.values
                    EnvironmentRegistered.labels EnvironmentRetired.by EnvironmentRetired.reason
                    EnvironmentRevived.agent EventRefused.answer EventRefused.type EventUnreadable.error
                    EventUnreadable.type Exhibit.where Extension.details Finding.subject Fingerprint.value
                    FolderAmbiguous.folder FolderBesideFile.folder FolderMissing.folder ForeignOperation.operation
                    Function.details Function.source HeadDetected.heads HeadDetected.realHeads IdentitySet.identity
                    IllegalId.characters ImportedFromOutside.module Index.columns Index.details Index.keys Index.method
                    Index.where InvalidByte.encoding InvalidPath.error InvalidPath.folder InvalidSource.function
                    LabelIsId.label LabelTaken.label LabelTwice.label LedgerWentBack.ledger ListExpected.option
                    Location.file MaterializedView.columns MaterializedView.details Suggestion.file Suggestion.revision
                    MismatchedBracket.closing MismatchedBracket.opening MissingArgument.argument
                    MissingDependency.dependency MissingParent.parent MissingToken.missing ModuleNotFollowed.module
                    NoScriptLocation.section NoScripts.others NoSingleMigration.from NoSingleMigration.to
                    NoVersionsFolder.folder NotInGrammar.near NotToml.error ObjectName.name ObjectName.schema
                    ObjectName.table OnTheWay.rows OptionTwice.option OptionTwice.section OtherFile.path
                    OtherTriggers.triggers OtherWordForTrue.option OtherWordForTrue.value PackageNotFound.folder
                    PackageNotFound.pythonPackage ParentMissing.revision Place.file PlanStep.command Policy.details PolicyApplied.by PolicyApplied.text
                    PythonValue.numeral QueryLiterals.others QueryLiterals.texts Reach.names ReferenceTooDeep.option
                    Resolution.words Revision.dependsOn Revision.digest Revision.file Revision.labels Revision.message
                    Author.address Author.name RevisionAuthors.digest RevisionAuthorsRead.source
                    Revision.parents Revision.revision RevisionApplied.revision RevisionFile.digest RevisionFile.file
                    RevisionFile.revision RevisionFile.text RevisionFilesRead.source RevisionReverted.revision
                    RevisionStamped.replaced RevisionStamped.revisions RunClaim.ai RunClaim.ci RunClaim.command RunClaim.commit
                    RunClaim.host RunClaim.image RunClaim.user RunsArgument.function SchemaObserved.defaultSchema
                    ScriptsScanned.base ScriptsScanned.digest ScriptsScanned.removed ScriptsScanned.source
                    SectionTwice.section Sequence.details SeveralResults.function Sideways.from Sideways.to
                    Source.columns Source.including SpoolCopied.ledger StrayBracket.closing StrayCharacter.character
                    StrayPercent.corrected StrayPercent.holder StrayPercent.option StrayTomlPercent.corrected
                    StrayTomlPercent.option Table.bound Table.details Table.partitionBy Table.server
                    TablesExpected.option Tampering.stream TextExpected.found TextExpected.option Token.text ToolInvocation.arguments
                    ToolInvocation.config ToolInvocation.section ToolInvocation.workingFolder TouchedObject.kind
                    TouchedObject.name Trigger.details TypeChanged.collation TypeChanged.type UnclosedBracket.opening
                    Undefined.module Undefined.name UndefinedName.name UndefinedReference.corrected
                    UndefinedReference.option UndefinedReference.reference UndefinedReference.section Unknown.text
                    UnknownElsewhere.module UnknownEncoding.encoding UnknownField.field UnknownName.file
                    UnknownName.name UnknownReference.name UnknownSeparator.option UnknownSeparator.value
                    UnknownToken.token Unread.expression Unreadable.error NotCompared.text Untouched.some ValueAdded.after
                    ValueAdded.before ValueAdded.value ValueRenamed.to ValueRenamed.value ValuesSet.values
                    VersionTable.name VersionTable.rows VersionTable.written VersionTableEdited.after
                    VersionTableEdited.before View.columns View.details WrittenRows.table Wrote.transaction
                    """);

    /** The message of a divergence when it was recorded. Nothing depends on these words (ADR 40). */
    private static final Set<String> QUOTED = set("""
            Exhibit.value Finding.message PlanStep.check PlanStep.details PlanStep.why
            """);

    @Test
    void every_text_of_an_event_is_a_fact_or_a_sentence_that_is_known() {
        Set<String> known = new TreeSet<>(FACTS);
        known.addAll(QUOTED);
        assertThat(texts()).isEqualTo(known);
        assertThat(FACTS).doesNotContainAnyElementsOf(QUOTED);
    }

    /** Of all events and what is in them, such as {@code AgentStarted.tool}. */
    private static Set<String> texts() {
        Set<String> texts = new TreeSet<>();
        walk(Event.class, "", new HashSet<>(), texts);
        return texts;
    }

    private static void walk(Type type, String holder, Set<Class<?>> seen, Set<String> texts) {
        if (type instanceof ParameterizedType generic) {
            Arrays.stream(generic.getActualTypeArguments()).forEach(inner -> walk(inner, holder, seen, texts));
        } else if (type == String.class) {
            texts.add(holder);
        } else if (type instanceof Class<?> one && seen.add(one)) {
            if (one.isSealed()) {
                Stream.of(one.getPermittedSubclasses()).forEach(leaf -> walk(leaf, holder, seen, texts));
            } else if (one.isRecord()) {
                for (RecordComponent component : one.getRecordComponents()) {
                    walk(component.getGenericType(), one.getSimpleName() + "." + component.getName(), seen, texts);
                }
            }
        }
    }

    private static Set<String> set(String lines) {
        return new TreeSet<>(Stream.of(lines.strip().split("\\s+")).filter(line -> !line.isEmpty()).toList());
    }
}
