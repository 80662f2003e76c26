package dev.migrationledger.agent.watch;

import dev.migrationledger.agent.cli.CommandFailure;
import dev.migrationledger.agent.cli.EnvironmentOptions;
import dev.migrationledger.agent.cli.TypedNames;
import dev.migrationledger.agent.database.SchemaScope;
import dev.migrationledger.agent.send.LedgerTransport;
import dev.migrationledger.agent.send.http.LedgerClient;
import dev.migrationledger.agent.send.kafka.KafkaAddress;
import dev.migrationledger.agent.send.kafka.KafkaLedger;
import dev.migrationledger.agent.send.kafka.KafkaOptions;
import dev.migrationledger.agent.spool.Spool;
import dev.migrationledger.agent.tracing.AgentTraces;
import dev.migrationledger.contracts.text.Redaction;
import dev.migrationledger.contracts.wire.SizeLimits;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Where to report changes, and for which environment: the options that {@code watch} and {@code observe} share. */
final class WatchOptions {

    @Mixin
    private final EnvironmentOptions target = new EnvironmentOptions();

    @Mixin
    private final KafkaOptions kafka = new KafkaOptions();

    @Option(names = "--label", paramLabel = "KEY=VALUE", description = "A label for the environment, such as tier=prod; repeatable.")
    Map<String, String> labels = new TreeMap<>();

    @Option(names = "--schema", paramLabel = "NAME", description = "A schema to watch; repeatable (default: all but the server's own).")
    List<String> schemas = new ArrayList<>();

    @Option(names = "--spool", paramLabel = "DIR", description = "Folder for events that are not delivered yet (default: ~/.migration-ledger/agent/PROJECT/ENVIRONMENT).")
    @Nullable
    Path spool;

    @Option(names = "--spool-limit", paramLabel = "MB", description = "Megabytes that may wait in the spool. Beyond it, the agent stores no events, and later records a gap (default: ${DEFAULT-VALUE}).")
    int spoolLimit = 1_024;

    @Option(names = "--agent", paramLabel = "NAME", description = "Name of this agent (default: a name that the spool keeps).")
    @Nullable
    String agent;

    SchemaScope scope() {
        return new SchemaScope(schemas);
    }

    /** Whether changes are reported, and not only shown. */
    boolean reports() {
        return target.ledger() != null || kafka.address() != null;
    }

    /** The way to the ledger; fails with wrong usage if none is given, or it cannot be used. */
    LedgerTransport transport(Clock clock) {
        String url = target.requiredLedger();
        KafkaAddress address = kafka.address();
        return address == null
                ? LedgerClient.at(url)
                : KafkaLedger.at(url, address, requiredProject(), requiredEnvironment(), System.getenv(), clock);
    }

    AgentTraces traces() {
        return AgentTraces.of(System.getenv(), requiredProject(), requiredEnvironment());
    }

    String requiredProject() {
        return target.requiredProject();
    }

    String requiredEnvironment() {
        return target.requiredEnvironment();
    }

    /** Opens the spool; fails with wrong usage if names are missing or cannot be names. */
    Spool open(Clock clock) {
        String named = requiredProject();
        String place = requiredEnvironment();
        if (agent != null) {
            TypedNames.check("agent", agent);
        }
        checkLabels();
        if (spoolLimit < 1) {
            throw CommandFailure.usage("--spool-limit is %d; use at least 1.".formatted(spoolLimit));
        }
        Spool opened = Spool.open(Spool.folder(spool, "agent", named, place, System.getenv()), named, place, agent,
                clock);
        opened.limitTo((long) spoolLimit << 20);
        return opened;
    }

    /** A ledger would refuse the event that carries them, and accept no later one before it. */
    private void checkLabels() {
        if (labels.size() > SizeLimits.FEW) {
            throw CommandFailure.usage("There are %,d labels; use at most %,d.".formatted(
                    labels.size(), SizeLimits.FEW));
        }
        labels.forEach((key, value) -> {
            if (key.length() > SizeLimits.NAME) {
                throw CommandFailure
                        .usage("The name of a --label has %,d characters; use at most %,d."
                                .formatted(key.length(), SizeLimits.NAME));
            }
            if (value.length() > SizeLimits.NAME) {
                throw CommandFailure.usage(
                        "--label %s has a value of %,d characters; use at most %,d."
                                .formatted(Redaction.of(key), value.length(), SizeLimits.NAME));
            }
        });
    }
}
