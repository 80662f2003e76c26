package dev.migrationledger.ledger.recording.view;

import org.springframework.dao.TransientDataAccessResourceException;

/** Another version of the ledger has rebuilt the views in its forms: what this one wrote would be wrong there. Passes when the request goes to that ledger. */
public final class OtherViewForms extends TransientDataAccessResourceException {

    private static final long serialVersionUID = 1L;

    OtherViewForms(String message) {
        super(message);
    }
}
