package dev.migrationledger.agent.send.signed;

import java.io.IOException;

/** A ledger does not know who this program is, so nothing was sent. The message says why, without a secret. */
public final class SignInException extends IOException {

    private static final long serialVersionUID = 1L;

    private final boolean refused;

    /** @param refused whether it was refused, and not only prevented */
    public SignInException(String message, boolean refused) {
        super(message);
        this.refused = refused;
    }

    public boolean isRefused() {
        return refused;
    }
}
