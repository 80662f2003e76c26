package dev.migrationledger.contracts.envelope;

import java.util.regex.Pattern;

/** Names of projects, environments and agents: they stand in addresses, files and tables, so they are kept plain. */
public final class PlainNames {

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,62}");

    private PlainNames() {}

    public static boolean isName(String value) {
        return NAME.matcher(value).matches();
    }

    /**
     * The same name.
     *
     * @param what which name it is, for the message
     * @throws InvalidName if it is not one
     */
    public static String check(String what, String value) {
        if (!isName(value)) {
            throw new InvalidName(what, value);
        }
        return value;
    }
}
