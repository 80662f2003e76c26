package dev.migrationledger.ledger.platform;

/** JDBC addresses as they can be shown. */
public final class DatabaseAddress {

    private DatabaseAddress() {}

    /** An address may carry user and password behind its question mark, and people put them before an {@code @}. */
    public static String withoutSecrets(String url) {
        int question = url.indexOf('?');
        return (question < 0 ? url : url.substring(0, question)).replaceFirst("//[^/]*@", "//");
    }
}
