package dev.migrationledger.agent.python.syntax;

/** An expression is so deep or so long that it is data or hostile: it is passed over instead of being read. */
final class TooMuch extends Malformed {
    private static final long serialVersionUID = 1L;

    TooMuch(int position, String message) {
        super(position, message);
    }
}
