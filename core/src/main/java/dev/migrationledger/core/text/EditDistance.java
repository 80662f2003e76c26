package dev.migrationledger.core.text;

import java.util.Locale;

/** How many slips of the fingers lie between a typed text and a name. */
public final class EditDistance {

    /** Stands for every distance from here: nothing that far is a slip. */
    public static final int FAR = 3;

    /** Ids are held in 32 characters; nothing longer is a slip of the fingers. */
    private static final int LONGEST = 64;

    private EditDistance() {}

    /** Letters to insert, delete, change or swap with the next, ignoring case; {@link #FAR} at most. */
    public static int between(String text, String candidate) {
        String typed = text.toLowerCase(Locale.ROOT);
        String name = candidate.toLowerCase(Locale.ROOT);
        if (Math.abs(typed.length() - name.length()) > 2 || name.length() > LONGEST) {
            return FAR;
        }
        int[][] cost = new int[typed.length() + 1][name.length() + 1];
        for (int i = 0; i <= typed.length(); i++) {
            for (int j = 0; j <= name.length(); j++) {
                if (i == 0 || j == 0) {
                    cost[i][j] = i + j;
                    continue;
                }
                int change = typed.charAt(i - 1) == name.charAt(j - 1) ? 0 : 1;
                int least = Math.min(cost[i - 1][j - 1] + change, 1 + Math.min(cost[i - 1][j], cost[i][j - 1]));
                if (i > 1 && j > 1 && typed.charAt(i - 1) == name.charAt(j - 2)
                        && typed.charAt(i - 2) == name.charAt(j - 1)) {
                    least = Math.min(least, cost[i - 2][j - 2] + 1);
                }
                cost[i][j] = least;
            }
        }
        return Math.min(FAR, cost[typed.length()][name.length()]);
    }

    /** Whether the text is so near to the name that it probably is the name. Of a short name every other short name is near. */
    public static boolean isNear(String text, String candidate) {
        return isNear(between(text, candidate), candidate);
    }

    /** The same for a distance that is known. */
    public static boolean isNear(int distance, String candidate) {
        return distance <= Math.min(FAR - 1, (candidate.length() - 1) / 2);
    }
}
