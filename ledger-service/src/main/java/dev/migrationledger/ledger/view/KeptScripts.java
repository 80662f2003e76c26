package dev.migrationledger.ledger.view;

/** A source's scripts as their row holds them. */
record KeptScripts(String digest, String json) {

    static KeptScripts of(Scripts scripts) {
        return new KeptScripts(scripts.digest(), KeptView.text(scripts.json()));
    }

    Scripts scripts() {
        return Scripts.kept(digest, KeptView.bytes(json));
    }
}
