package dev.migrationledger.core.upgrade;

import dev.migrationledger.contracts.schema.ObjectKind;
import dev.migrationledger.contracts.schema.ObjectName;
import dev.migrationledger.core.position.DropRefusal;
import dev.migrationledger.core.situation.MessageText;
import dev.migrationledger.core.upgrade.UpgradeFailure.Reason;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is said of a drop, or of a change of type, that PostgreSQL refuses.
 *
 * @param untracked whether no migration made what refuses
 */
record RefusedDrop(DropRefusal refusal, boolean untracked) {

    /** How the sentence goes on, such as {@code but view public.open_bills reads it}. */
    String clause(Reason reason) {
        String does = switch (refusal.need()) {
            case POINTS_TO -> "but %s points to it";
            case RELIES_ON -> "but %s needs it";
            case READS -> "but %s reads it";
            case HAS_TYPE -> "but %s uses it";
            case COUNTS_WITH -> "but the default of %s uses it";
            case INHERITS -> "but %s inherits from it";
            case CALLS -> "but %s calls it";
            case LIES_IN -> "but %s is in it";
            case OWNS -> "but %s owns it";
        };
        boolean cascades = reason == Reason.DROPS_NEEDED && refusal.need() != DropRefusal.Need.OWNS;
        return (cascades ? " without CASCADE, " : ", ") + does.formatted(name());
    }

    /**
     * As a sentence or two.
     *
     * @param maker the revision that made what refuses; absent: none is known
     * @param renamed whether it only renamed it
     */
    String cause(@Nullable String maker, boolean renamed) {
        String origin = maker != null
                ? " %s %s %s.".formatted(MessageText.id(maker), renamed ? "renames another to" : "creates", name())
                : untracked ? " No migration creates %s.".formatted(name()) : "";
        return "PostgreSQL refuses that, and no earlier statement of this upgrade removes the obstacle.%s"
                .formatted(origin);
    }

    /** What a person has to do, as a sentence that goes on after a colon. */
    String advice(Reason reason, ObjectName object) {
        String first = switch (refusal.need()) {
            case POINTS_TO, RELIES_ON, CALLS -> "first drop %s.";
            case READS -> reason == Reason.RETYPES_READ
                    ? "first drop %s, and create it again afterwards."
                    : "first drop %s, or create it again without what is dropped.";
            case HAS_TYPE -> refusal.dependent().kind() == ObjectKind.COLUMN
                    ? "first change the type of %s."
                    : "first drop or change %s.";
            case COUNTS_WITH -> "first drop the default of %s.";
            case INHERITS -> "first end the inheritance of %s (ALTER TABLE … NO INHERIT).";
            case LIES_IN -> "first drop or move %s and everything else in the schema.";
            case OWNS -> "drop %s instead of %s, which is then dropped with it.";
        };
        return first.formatted(name(), MessageText.object(object));
    }

    /** What to know besides, each a sentence. */
    List<String> notes(Reason reason) {
        return switch (refusal.need()) {
            case POINTS_TO, RELIES_ON, CALLS -> List.of("CASCADE would delete it.");
            case READS -> reason == Reason.RETYPES_READ ? List.of() : List.of("CASCADE would delete it.");
            case HAS_TYPE -> List.of(refusal.dependent().kind() == ObjectKind.COLUMN
                    ? "CASCADE would delete that column."
                    : "CASCADE would delete it.");
            case COUNTS_WITH -> List.of("CASCADE would remove that default.");
            case INHERITS -> List.of("CASCADE would delete its rows.");
            case LIES_IN -> List.of("CASCADE would delete it all.");
            case OWNS -> List.of();
        };
    }

    private String name() {
        boolean key = refusal.need() == DropRefusal.Need.POINTS_TO || refusal.need() == DropRefusal.Need.RELIES_ON;
        return key ? "foreign key " + refusal.dependent().dotted() : MessageText.object(refusal.dependent());
    }
}
