package dev.migrationledger.agent.watch;

import dev.migrationledger.agent.inference.poll.SchemaBaseline;
import dev.migrationledger.agent.inference.round.AgentMemory;
import dev.migrationledger.agent.inference.round.AgentMemory.Captured;
import dev.migrationledger.agent.inference.round.AgentMemory.Observed;
import dev.migrationledger.agent.inference.round.AgentMemory.Published;
import dev.migrationledger.agent.inference.round.CapturePosition;
import dev.migrationledger.agent.inference.round.CaptureState;
import dev.migrationledger.agent.inference.round.LastObservation;
import dev.migrationledger.agent.publish.PublishedFiles;
import dev.migrationledger.agent.publish.PublishedScripts;
import dev.migrationledger.agent.spool.Memory;
import dev.migrationledger.agent.spool.Spool;
import dev.migrationledger.contracts.event.VersionTable;
import dev.migrationledger.contracts.text.Fingerprint;
import dev.migrationledger.contracts.wire.ContractJson;
import java.util.EnumMap;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** An agent's memory as its spool holds it, part by part. What a round leads to is written together with the round's facts. */
record StoredMemory(Spool spool) {

    /** What is remembered at the start of a process. */
    AgentMemory load() {
        return new AgentMemory(false,
                new Observed(
                        spool.remembered(Memory.LAST_OBSERVATION, LastObservation.class).orElse(null), null,
                        spool.remembered(Memory.LAST_SCHEMA, SchemaBaseline.class).orElse(null), null),
                new Captured(
                        spool.remembered(Memory.CAPTURE)
                                .map(json -> ContractJson.read(json, CapturePosition.class))
                                .orElse(null),
                        // The database may still hold changes that the ledger acknowledged before the last stop.
                        true, new CaptureState.NotInstalled()),
                published(spool.epoch()));
    }

    /** The same, or with what the ledger knows in this epoch: nothing, if it is new. */
    AgentMemory in(UUID epoch, AgentMemory memory) {
        return epoch.equals(memory.published().epoch()) ? memory : memory.with(published(epoch));
    }

    private Published published(UUID epoch) {
        return new Published(epoch,
                spool.remembered(Memory.PUBLISHED_START).isPresent(),
                spool.remembered(Memory.PUBLISHED_SCRIPTS, PublishedScripts.class).orElse(null),
                spool.remembered(Memory.PUBLISHED_FILES, PublishedFiles.class).orElse(null),
                spool.remembered(Memory.PUBLISHED_TABLE, VersionTable.class).orElse(null),
                spool.remembered(Memory.PUBLISHED_SCHEMA, Fingerprint.class).orElse(null));
    }

    /**
     * What has to be written so that a restart remembers what a round led to.
     *
     * @param facts whether the round led to facts: then all that they were concluded from is written with them
     */
    static Map<Memory, byte[]> changes(AgentMemory before, AgentMemory after, boolean facts) {
        Map<Memory, byte[]> changes = new EnumMap<>(Memory.class);
        put(changes, Memory.PUBLISHED_SCRIPTS, before.published().scripts(), after.published().scripts());
        put(changes, Memory.PUBLISHED_TABLE, before.published().table(), after.published().table());
        put(changes, Memory.PUBLISHED_SCHEMA, before.published().schema(), after.published().schema());
        put(changes, Memory.LAST_SCHEMA, before.observed().schema(), after.observed().schema());
        LastObservation last = after.observed().last();
        if (last != null && (facts || before.isWorthWriting(last))) {
            changes.put(Memory.LAST_OBSERVATION, ContractJson.write(last));
        }
        CapturePosition read = after.captured().position();
        if (read != null && (facts || read.isNewerThan(before.captured().position()))) {
            changes.put(Memory.CAPTURE, ContractJson.write(read));
        }
        return changes;
    }

    private static void put(
            Map<Memory, byte[]> changes, Memory name, @Nullable Object before, @Nullable Object after) {
        if (after != null && !after.equals(before)) {
            changes.put(name, ContractJson.write(after));
        }
    }
}
