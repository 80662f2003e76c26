package dev.migrationledger.ledger.bench;

import dev.migrationledger.contracts.envelope.AgentEnvelope;
import dev.migrationledger.contracts.envelope.EventBatch;
import dev.migrationledger.contracts.envelope.Occurrence;
import dev.migrationledger.contracts.event.AgentEvent;
import dev.migrationledger.contracts.event.AgentEvent.*;
import dev.migrationledger.contracts.event.Evidence;
import dev.migrationledger.contracts.event.ToolInvocation;
import dev.migrationledger.contracts.event.ToolInvocation.Program;
import dev.migrationledger.contracts.event.VersionTable;
import dev.migrationledger.contracts.revision.Revision;
import dev.migrationledger.contracts.wire.ContractJson;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;

/**
 * Projects with a hundred tenants each, every tenant a database of its own that was upgraded step by step. Tenants of a project
 * share its history but run images of different ages, so that their scripts differ.
 */
final class Tenants {

    static final int PER_PROJECT = 100;

    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
    private static final Evidence SEEN = new Evidence(Evidence.Method.XMIN, Evidence.Certainty.CERTAIN, List.of());

    private Tenants() {}

    static String project(int tenant) {
        return "project-" + tenant / PER_PROJECT;
    }

    static String environment(int tenant) {
        return "tenant-" + tenant % PER_PROJECT;
    }

    /** All that one tenant's agent reported, in batches of this size. */
    static List<byte[]> batches(int tenant, int events, int size) {
        List<AgentEvent> history = history(tenant, events);
        UUID epoch = new UUID(0x7000L, tenant);
        List<AgentEnvelope> envelopes = IntStream.range(0, events)
                .mapToObj(i -> new AgentEnvelope(
                        new UUID(0x7000L + tenant, i),
                        project(tenant),
                        environment(tenant),
                        "agent-" + tenant,
                        epoch,
                        i + 1L,
                        Occurrence.exactly(START.plusSeconds(60L * i)),
                        START.plusSeconds(60L * i),
                        history.get(i)))
                .toList();
        return IntStream.range(0, (events + size - 1) / size)
                .mapToObj(i -> envelopes.subList(i * size, Math.min(events, (i + 1) * size)))
                .map(batch -> ContractJson.write(new EventBatch(batch)))
                .toList();
    }

    private static List<AgentEvent> history(int tenant, int events) {
        int steps = (events - 3) / 2 + 1;
        int lead = tenant % 7;
        List<AgentEvent> history = new ArrayList<>();
        history.add(new AgentStarted("0.1.0", "alembic", "watch",
                Map.of("tenant", Integer.toString(tenant), "tier", "prod")));
        history.add(new ScriptsScanned("alembic.ini", 1, "d" + lead, null, history(steps + lead), List.of(), List.of(),
                new ToolInvocation(Program.ALEMBIC, List.of(), null, List.of(), false, "/srv/tenants")));
        history.add(new HeadDetected(List.of(revision(steps + lead - 1)), List.of(revision(steps + lead - 1))));
        // The last few tenants of each hundred stay behind.
        int reached = Math.max(1, steps - (tenant % PER_PROJECT) / 10);
        for (int step = 0; history.size() < events; step++) {
            String revision = revision(Math.min(step, reached - 1));
            history.add(new RevisionApplied(revision, false, SEEN));
            history.add(new VersionTableObserved(
                    new VersionTable("public.alembic_version", VersionTable.State.PRESENT, List.of(revision))));
        }
        return history;
    }

    static List<Revision> history(int length) {
        return IntStream.range(0, length)
                .mapToObj(i -> new Revision(
                        revision(i),
                        i == 0 ? List.of() : List.of(revision(i - 1)),
                        List.of(),
                        List.of(),
                        "adds the column that release " + i + " needs",
                        revision(i) + "_adds_a_column.py",
                        "%064x".formatted(i)))
                .toList();
    }

    static String revision(int number) {
        return "%012x".formatted(number * 2_654_435_761L);
    }
}
