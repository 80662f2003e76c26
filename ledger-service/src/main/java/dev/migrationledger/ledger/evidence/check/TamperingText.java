package dev.migrationledger.ledger.evidence.check;

import dev.migrationledger.contracts.log.Tampering;

/** A place that does not match, in a sentence. */
public final class TamperingText {

    private TamperingText() {}

    public static String sentence(Tampering one) {
        return switch (one.kind()) {
            case EVENT_CHANGED -> "The event at position " + numbers(one) + " was changed in the database"
                    + stream(one) + ".";
            case EVENT_MISSING -> "The event at position " + numbers(one) + " was deleted from the database.";
            case EVENT_ADDED -> "An event at position " + numbers(one) + " was added to the database" + stream(one)
                    + ", but the ledger did not record it.";
            case SIGNATURE_CHANGED -> "The signature " + numbers(one) + " of a batch was changed" + stream(one) + ".";
            case SIGNATURE_MISSING -> "The signature " + numbers(one) + " of a batch was deleted.";
            case SIGNATURE_ADDED -> "The signature " + numbers(one) + " of a batch was added" + stream(one)
                    + ", but no agent sent it.";
            case LEAVES_CHANGED -> "Leaves " + numbers(one) + " of the evidence log do not match what was signed or"
                    + " stored above them.";
            case LEAVES_MISSING -> "Leaves " + numbers(one) + " of the evidence log are missing.";
            case HEAD_CHANGED -> "The head of the evidence log does not match its leaves after leaf " + one.first()
                    + ".";
            case CHECKPOINT_CHANGED -> "Checkpoint " + numbers(one) + " does not have this ledger's signature.";
            case CHECKPOINT_MISSING -> "Checkpoint " + numbers(one) + " was deleted.";
        };
    }

    private static String numbers(Tampering one) {
        return one.first() == one.last() ? String.valueOf(one.first()) : one.first() + " to " + one.last();
    }

    private static String stream(Tampering one) {
        return one.stream() == null ? "" : " (stream " + one.stream() + ")";
    }
}
