package dev.migrationledger.ledger.view;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migrationledger.contracts.envelope.AgentEnvelope;
import dev.migrationledger.contracts.envelope.Occurrence;
import dev.migrationledger.contracts.envelope.RecordedEvent;
import dev.migrationledger.contracts.envelope.RecordedEvent.Origin;
import dev.migrationledger.contracts.event.AgentEvent;
import dev.migrationledger.contracts.event.AgentEvent.*;
import dev.migrationledger.contracts.event.Attribution;
import dev.migrationledger.contracts.event.Clue.Fact;
import dev.migrationledger.contracts.event.Event;
import dev.migrationledger.contracts.event.Evidence;
import dev.migrationledger.contracts.event.Evidence.Certainty;
import dev.migrationledger.contracts.event.Evidence.Method;
import dev.migrationledger.contracts.event.RevisionFile;
import dev.migrationledger.contracts.event.RunClaim;
import dev.migrationledger.contracts.event.ToolInvocation;
import dev.migrationledger.contracts.event.ToolInvocation.Program;
import dev.migrationledger.contracts.event.VersionTable;
import dev.migrationledger.contracts.footprint.Condition;
import dev.migrationledger.contracts.footprint.Effect;
import dev.migrationledger.contracts.footprint.Effects;
import dev.migrationledger.contracts.footprint.Footprint;
import dev.migrationledger.contracts.footprint.Location;
import dev.migrationledger.contracts.revision.Revision;
import dev.migrationledger.contracts.schema.Definition;
import dev.migrationledger.contracts.schema.ObjectName;
import dev.migrationledger.contracts.schema.SchemaObject;
import dev.migrationledger.contracts.schema.SchemaSnapshot;
import dev.migrationledger.contracts.text.Sha256;
import dev.migrationledger.ledger.environment.EnvironmentCommands;
import dev.migrationledger.ledger.environment.RecordEvents;
import dev.migrationledger.ledger.environment.RecordResult.Recorded;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What agents saw in one environment, minute by minute from noon, and the view that it makes. */
public final class Story {

    public static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");
    public static final Evidence SEEN = new Evidence(Method.XMIN, Certainty.CERTAIN, List.of());
    public static final Evidence GUESSED = new Evidence(Method.POLL, Certainty.PRESUMED,
            Fact.ONLY_VERSION_TABLE_CHANGED);

    public static final ToolInvocation TOOL = new ToolInvocation(
            Program.ALEMBIC, List.of(), null, List.of(), false, "/srv/navbot");

    private final String project;
    private final String environment;
    private final List<RecordedEvent> events = new ArrayList<>();
    private final Map<String, Long> sequences = new HashMap<>();
    private final Map<String, UUID> epochs = new HashMap<>();
    private String agent = "a1";
    private String source = "versions";
    private ToolInvocation tool = TOOL;
    private Instant clock = NOON;
    private @Nullable Instant sentAt;
    private long recorded;

    public Story(String environment) {
        this("navbot", environment);
    }

    public Story(String project, String environment) {
        this.project = project;
        this.environment = environment;
    }

    /** From now on this agent speaks. */
    public Story agent(String name) {
        agent = name;
        return this;
    }

    /** From now on scripts come from there. */
    public Story source(String name) {
        source = name;
        return this;
    }

    /** From now on the speaking agent calls the migration tool with this section of its ini. */
    public Story section(String name) {
        tool = new ToolInvocation(Program.ALEMBIC, List.of("alembic.ini"), name, List.of(), false, "/srv/navbot");
        return this;
    }

    /** The speaking agent lost its spool and begins another. */
    public Story newSpool() {
        epochs.put(agent, uuid(agent + events.size()));
        sequences.remove(agent);
        return this;
    }

    /** The agents' clock is set to so many minutes past noon. */
    public Story at(int minutes) {
        clock = NOON.plusSeconds(60L * minutes);
        sentAt = null;
        return this;
    }

    /** What is reported now is sent only so many minutes later, by the same clock. */
    public Story sentAfter(int minutes) {
        sentAt = clock.plusSeconds(60L * minutes);
        return this;
    }

    /** The whole history, as {@link #history} draws it. */
    public Story scripts(String... drawn) {
        return says(
                new ScriptsScanned(source, 1, "d" + events.size(), null, history(drawn), List.of(), List.of(), tool));
    }

    /** A difference from the scan before. */
    public Story moreScripts(List<String> removedFiles, String... drawn) {
        return says(new ScriptsScanned(
                source, 1, "d" + events.size(), "before", history(drawn), removedFiles, List.of(), tool));
    }

    /** The files of these revisions are read; each creates a table of its name. */
    public Story files(String source, String... revisions) {
        return says(new RevisionFilesRead(source, 1, Arrays.stream(revisions).map(Story::file).toList()));
    }

    /** The whole live schema is reported: it has these tables. */
    public Story schema(String... tables) {
        SchemaSnapshot snapshot = SchemaSnapshot.of(Arrays.stream(tables)
                .map(table -> new SchemaObject(ObjectName.table("public", table), Definition.Table.UNKNOWN))
                .toList());
        return says(new SchemaObserved(snapshot.fingerprint(), null, snapshot.objects(), List.of(), "public", 0));
    }

    /** Of a revision's file. */
    public static String digest(String revision) {
        return Sha256.hex(text(revision));
    }

    public static String text(String revision) {
        return "revision = '" + revision + "'\n";
    }

    private static RevisionFile file(String revision) {
        return new RevisionFile(revision, revision + ".py", digest(revision), text(revision), null,
                new Footprint(
                        new Effects(
                                List.of(new Effect.Create(ObjectName.table(null, revision), Definition.Table.UNKNOWN,
                                        false, Condition.ALWAYS, Location.line(3)))),
                        Effects.NONE));
    }

    /** A run of a migration command whose session applies these. */
    public Story ran(UUID run, String... revisions) {
        String watching = agent;
        agent("run-1").says(new RunStarted(run,
                new RunClaim(List.of("alembic", "upgrade", "head"), "alice", "ci-7", null, null, Map.of())));
        agent(watching);
        for (String revision : revisions) {
            says(new RevisionApplied(revision, false, by(RunClaim.applicationName(run))));
        }
        return agent("run-1").says(new RunEnded(run, 0)).agent(watching);
    }

    /** As a trigger reports it. */
    public static Evidence by(String applicationName) {
        return new Evidence(Method.TRIGGER, Certainty.CERTAIN, List.of(), new Attribution(
                new Attribution.Actor("deploy", applicationName, "10.0.0.7", 4711, "9001"), "UPDATE …", List.of()));
    }

    public Story applied(String... revisions) {
        for (String revision : revisions) {
            says(new RevisionApplied(revision, false, SEEN));
        }
        return this;
    }

    public Story reverted(String... revisions) {
        for (String revision : revisions) {
            says(new RevisionReverted(revision, false, SEEN));
        }
        return this;
    }

    public Story stamped(String... revisions) {
        return says(new RevisionStamped(List.of(revisions), List.of(), GUESSED));
    }

    /** The version table has these rows; none: it is empty. */
    public Story table(String... rows) {
        return says(new VersionTableObserved(new VersionTable(
                "public.alembic_version",
                rows.length == 0 ? VersionTable.State.EMPTY : VersionTable.State.PRESENT,
                Arrays.stream(rows).sorted().toList())));
    }

    /** The version table that an option chose has this row, and the tool writes another one. */
    public Story tableBeside(String written, String row) {
        return says(new VersionTableObserved(
                new VersionTable("public.alembic_version", VersionTable.State.PRESENT, List.of(row)).besides(written)));
    }

    public Story noTable() {
        return says(new VersionTableObserved(
                new VersionTable("alembic_version", VersionTable.State.MISSING, List.of())));
    }

    public Story says(Event event) {
        return says(event, Occurrence.exactly(clock));
    }

    public Story says(Event event, Occurrence when) {
        long sequence = sequences.merge(agent, 1L, Long::sum);
        UUID epoch = epochs.computeIfAbsent(agent, Story::uuid);
        events.add(new RecordedEvent(
                uuid((project.equals("navbot") ? "" : project) + environment + agent + epoch + sequence),
                project,
                environment,
                new Origin(agent, epoch, sequence, clock, sentAt),
                when,
                NOON.plusSeconds(++recorded),
                event));
        return this;
    }

    public List<RecordedEvent> events() {
        return List.copyOf(events);
    }

    /** The same events as their agents send them: batches of one agent and epoch, each of at most so many. */
    public List<RecordEvents> batches(int most) {
        List<RecordEvents> batches = new ArrayList<>();
        List<AgentEnvelope> batch = new ArrayList<>();
        for (RecordedEvent event : events) {
            AgentEnvelope next = envelope(event);
            boolean sameSpool = batch.isEmpty() || batch.getLast().epoch().equals(next.epoch());
            if (!sameSpool || batch.size() == most) {
                batches.add(new RecordEvents(batch, NOON, uuid(environment)));
                batch = new ArrayList<>();
            }
            batch.add(next);
        }
        if (!batch.isEmpty()) {
            batches.add(new RecordEvents(batch, NOON, uuid(environment)));
        }
        return batches;
    }

    /** Records these events as their agents send them, a hundred at a time. */
    public void recordIn(EnvironmentCommands ledger) {
        recordIn(ledger, 100);
    }

    /** Likewise, in batches of at most so many. */
    public void recordIn(EnvironmentCommands ledger, int most) {
        batches(most).forEach(batch -> assertThat(ledger.record(batch).result()).isInstanceOf(Recorded.class));
    }

    private static AgentEnvelope envelope(RecordedEvent event) {
        Origin origin = Objects.requireNonNull(event.origin());
        return new AgentEnvelope(
                event.eventId(), Objects.requireNonNull(event.project()), Objects.requireNonNull(event.environment()),
                origin.agent(),
                origin.epoch(), origin.sequence(), event.occurredAt(), origin.observedAt(), (AgentEvent) event.event());
    }

    public EnvironmentView view() {
        return EnvironmentView.empty(project, environment).after(events);
    }

    /** One revision a word: {@code b<a} has the parent a, {@code m<a,b} two, {@code d<c+x} depends on x as well. */
    public static List<Revision> history(String... drawn) {
        return Arrays.stream(String.join(" ", drawn).trim().split("\\s+"))
                .filter(word -> !word.isEmpty())
                .map(Story::revision)
                .toList();
    }

    private static Revision revision(String word) {
        String[] depends = word.split("\\+", -1);
        String[] parents = depends[0].split("<", -1);
        return new Revision(
                parents[0],
                parents.length == 1 ? List.of() : List.of(parents[1].split(",")),
                depends.length == 1 ? List.of() : List.of(depends[1].split(",")),
                List.of(),
                "does " + parents[0],
                parents[0] + ".py",
                digest(parents[0]));
    }

    private static UUID uuid(String of) {
        return UUID.nameUUIDFromBytes(of.getBytes(StandardCharsets.UTF_8));
    }
}
