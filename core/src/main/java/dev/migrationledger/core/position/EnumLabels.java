package dev.migrationledger.core.position;

import dev.migrationledger.contracts.footprint.Alteration;
import dev.migrationledger.contracts.footprint.Alteration.Commented;
import dev.migrationledger.contracts.footprint.Alteration.DefaultSet;
import dev.migrationledger.contracts.footprint.Alteration.IdentitySet;
import dev.migrationledger.contracts.footprint.Alteration.InheritanceSet;
import dev.migrationledger.contracts.footprint.Alteration.NotCompared;
import dev.migrationledger.contracts.footprint.Alteration.NullableSet;
import dev.migrationledger.contracts.footprint.Alteration.OwnerSet;
import dev.migrationledger.contracts.footprint.Alteration.PartitionSet;
import dev.migrationledger.contracts.footprint.Alteration.TimingSet;
import dev.migrationledger.contracts.footprint.Alteration.TriggerSet;
import dev.migrationledger.contracts.footprint.Alteration.TypeChanged;
import dev.migrationledger.contracts.footprint.Alteration.Unknown;
import dev.migrationledger.contracts.footprint.Alteration.Validated;
import dev.migrationledger.contracts.footprint.Alteration.ValueAdded;
import dev.migrationledger.contracts.footprint.Alteration.ValueRenamed;
import dev.migrationledger.contracts.footprint.Alteration.ValuesSet;
import dev.migrationledger.contracts.footprint.Effect;
import dev.migrationledger.contracts.footprint.Effect.Action;
import dev.migrationledger.contracts.footprint.Effect.Alter;
import dev.migrationledger.contracts.footprint.Effect.Change;
import dev.migrationledger.contracts.footprint.Effect.Unread;
import dev.migrationledger.contracts.footprint.Reach;
import dev.migrationledger.contracts.schema.ObjectKind;
import dev.migrationledger.contracts.schema.QueryLiterals;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Labels of enums that are renamed somewhere in a history. PostgreSQL shows a view with the label's new name, also a view that another branch made
 * with the old one; so the literals of queries are compared without these.
 */
final class EnumLabels {

    private static final String CATALOG = "pg_enum";

    private final Set<String> renamed = new HashSet<>();

    /** Whether any other label may have been renamed. */
    private boolean anyOther;

    /** A revision whose file cannot be read. */
    void anyMayBeRenamed() {
        anyOther = true;
    }

    void read(Effect effect) {
        switch (effect) {
            case Alter alter when alter.object().kind() == ObjectKind.ENUM -> alter.changes().forEach(this::read);
            case Change change -> anyOther |= change.object().name().equals(CATALOG);
            case Unread unread -> anyOther |= altersEnums(unread.reach());
        }
    }

    private static boolean altersEnums(Reach reach) {
        return (reach.actions() == null || reach.actions().contains(Action.ALTER))
                && (reach.kinds() == null || reach.kinds().contains(ObjectKind.ENUM));
    }

    private void read(Alteration change) {
        switch (change) {
            case ValueAdded _,Commented _,NotCompared _ -> {
                // A label that is there stays as it is.
            }
            case ValueRenamed(String value, String to) -> {
                QueryLiterals.add(renamed, value);
                QueryLiterals.add(renamed, to);
            }
            // The enum is made again, or it is not known what happens to it; nothing else is done to one.
            case ValuesSet _,Unknown _,TypeChanged _,NullableSet _,DefaultSet _,IdentitySet _,OwnerSet _,TriggerSet _,Validated _,TimingSet _,PartitionSet _,InheritanceSet _ ->
                anyOther = true;
        }
    }

    /**
     * Whether a view surely has another query than a script gives it.
     *
     * @param expected of the script
     * @param actual of the view of a database
     */
    boolean differ(@Nullable QueryLiterals expected, @Nullable QueryLiterals actual) {
        if (expected == null || actual == null) {
            return false;
        }
        boolean labelsKnown = !anyOther || actual.others().isEmpty();
        Set<String> unexpected = new HashSet<>(actual.texts());
        if (labelsKnown) {
            unexpected.addAll(actual.others());
        }
        expected.texts().forEach(unexpected::remove);
        expected.others().forEach(unexpected::remove);
        unexpected.removeAll(renamed);
        if (!unexpected.isEmpty()) {
            return true;
        }
        Set<String> missing = new HashSet<>(expected.texts());
        actual.texts().forEach(missing::remove);
        actual.others().forEach(missing::remove);
        missing.removeAll(renamed);
        return labelsKnown && !Boolean.TRUE.equals(actual.open()) && !missing.isEmpty();
    }
}
