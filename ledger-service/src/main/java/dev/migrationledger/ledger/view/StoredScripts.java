package dev.migrationledger.ledger.view;

/** A source's scripts as their row holds them. */
record StoredScripts(String digest, String json) {

    static StoredScripts of(SourceScripts scripts) {
        return new StoredScripts(scripts.digest(), StoredView.text(scripts.json()));
    }

    SourceScripts scripts() {
        return SourceScripts.stored(digest, StoredView.bytes(json));
    }
}
