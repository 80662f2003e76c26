package dev.migrationledger.ledger.view;

import dev.migrationledger.contracts.envelope.Occurrence;
import dev.migrationledger.contracts.event.AgentEvent.*;
import dev.migrationledger.contracts.schema.Definition;
import dev.migrationledger.contracts.schema.ObjectName;
import dev.migrationledger.contracts.schema.SchemaObject;
import dev.migrationledger.contracts.schema.SchemaSnapshot;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.stream.IntStream;

/** Anything that agents could say about one environment, sensible or not; the same for the same seed. */
public final class RandomStory {

    private static final String[] HISTORY = {"r0", "r1<r0", "r2<r1", "r3<r1", "r4<r2,r3", "r5<r4", "x0", "r6<r5+x0"};

    private RandomStory() {}

    public static Story of(String environment, long seed, int events) {
        Random random = new Random(seed);
        Story story = new Story(environment);
        for (int i = 0; i < events; i++) {
            if (random.nextInt(12) == 0) {
                story.agent("a" + random.nextInt(3));
            }
            if (random.nextInt(40) == 0) {
                story.newSpool();
            }
            // Now and then a clock is set back.
            story.at(random.nextInt(10) == 0 ? random.nextInt(i + 1) : i);
            next(story, random);
        }
        return story;
    }

    private static void next(Story story, Random random) {
        switch (random.nextInt(17)) {
            case 0 -> story.scripts(some(random));
            case 1 -> story.source(random.nextInt(3) == 0 ? "git:" + random.nextInt(30) : "versions")
                    .moreScripts(List.of("r" + random.nextInt(7) + ".py"), some(random));
            case 2, 3, 4 -> story.applied(revision(random));
            case 5 -> story.reverted(revision(random));
            case 6 -> story.stamped(revision(random));
            case 7, 8 -> story.table(revision(random));
            case 9 -> story.table(revision(random), revision(random));
            case 10 -> {
                if (random.nextBoolean()) {
                    story.table();
                } else {
                    story.noTable();
                }
            }
            case 11 -> story.says(new AgentStarted("1", "alembic", "watch",
                    random.nextBoolean()
                            ? Map.of()
                            : Map.of("tier", "t" + random.nextInt(3), "zone", "\ufffd and 🦉")));
            case 12 -> story.says(new AgentStopped(AgentStopped.Reason.ASKED_TO_STOP));
            case 13 -> story.says(schema(random));
            case 14, 15 -> story.files("versions", revision(random), revision(random));
            default -> story.says(
                    new RevisionApplied(revision(random), true, Story.GUESSED),
                    Occurrence.noLaterThan(Story.NOON.plusSeconds(random.nextInt(9000))));
        }
    }

    /** Whole ones, differences that fit and differences that do not, complete and not. */
    private static SchemaObserved schema(Random random) {
        SchemaSnapshot before = snapshot(random);
        SchemaSnapshot after = snapshot(random);
        return new SchemaObserved(after.fingerprint(), random.nextBoolean() ? null : before.fingerprint(),
                after.objects(), before.objects().stream().map(SchemaObject::object).toList(), "public",
                random.nextInt(8) == 0 ? 1 : 0);
    }

    private static SchemaSnapshot snapshot(Random random) {
        return SchemaSnapshot.of(List
                .of(new SchemaObject(ObjectName.table("public", "t" + random.nextInt(3)), Definition.Table.UNKNOWN)));
    }

    private static String[] some(Random random) {
        int size = 1 + random.nextInt(HISTORY.length);
        return IntStream.range(0, size).mapToObj(i -> HISTORY[i]).toArray(String[]::new);
    }

    /** One of the history, or an unknown one. */
    private static String revision(Random random) {
        return random.nextInt(10) == 0 ? new UUID(0, random.nextInt(3)).toString() : "r" + random.nextInt(7);
    }
}
