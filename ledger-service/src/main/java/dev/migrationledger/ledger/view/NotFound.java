package dev.migrationledger.ledger.view;

import dev.migrationledger.contracts.environment.ProjectSummary;
import dev.migrationledger.contracts.text.ListText;
import dev.migrationledger.ledger.identity.ProjectScope;
import dev.migrationledger.ledger.problem.Refusal;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/** Says that something is not there, and what is there instead. */
public final class NotFound {

    private static final int LISTED = 5;

    /** No name is longer; what is longer is neither repeated nor compared. */
    private static final int LONGEST = 63;

    private NotFound() {}

    public static Refusal project(String named, EnvironmentViews views) {
        String asked = shortened(named);
        ProjectScope scope = ProjectScope.ofRequest();
        return Refusal.notFound(message("Project '" + asked + "' does not exist", asked,
                views.projects().stream().map(ProjectSummary::project).filter(scope::has).toList()));
    }

    /** For an environment that was not found, whose project may not be there either. */
    public static Refusal environment(String project, String named, EnvironmentViews views) {
        String asked = shortened(named);
        List<String> there = views.environments(project);
        return there.isEmpty()
                ? project(project, views)
                : Refusal.notFound(message(
                        "Project '" + project + "' has no environment '" + asked + "'", asked, there));
    }

    /** What was asked for, in a length that can be repeated. */
    public static String shortened(String asked) {
        return asked.length() <= LONGEST ? asked : asked.substring(0, LONGEST) + "…";
    }

    /** Pure: the nearest names first. */
    public static String message(String wrong, String asked, List<String> there) {
        if (there.isEmpty()) {
            return wrong
                    + "; the ledger has none yet. Start an agent: it reports its project, environment and revisions.";
        }
        List<String> nearest = there.stream()
                .sorted(Comparator.comparingInt(name -> distance(asked, name)))
                .toList();
        return wrong + "; the ledger has " + ListText.and(nearest, LISTED) + ".";
    }

    /** How many letters must be typed, removed or replaced to get from one to the other (Levenshtein), whatever their case. */
    static int distance(String from, String to) {
        String a = from.toLowerCase(Locale.ROOT);
        String b = to.toLowerCase(Locale.ROOT);
        int[] above = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            above[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int[] row = new int[b.length() + 1];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int replaced = above[j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                row[j] = Math.min(replaced, Math.min(above[j], row[j - 1]) + 1);
            }
            above = row;
        }
        return above[b.length()];
    }
}
