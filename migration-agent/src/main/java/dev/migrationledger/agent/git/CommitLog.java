package dev.migrationledger.agent.git;

import dev.migrationledger.contracts.revision.Author;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Commits with the files that each of them changed, children before their parents. Pure. Where branches ran side by side, a file may be followed
 * into one author too many, and never into one too few.
 */
final class CommitLog {

    /** Before each commit, and in front of nothing else: a status has no colon. */
    private static final String COMMIT = "commit:";

    private static final char PERSONS = '\u001f';

    /** Of {@code git log -z}. No name and no message has the character 0. */
    static final String FORMAT = COMMIT
            + "%H%x00%P%x00%aN%x00%aE%x00%(trailers:key=Co-authored-by,valueonly,separator=%x1f)";

    static final CommitLog EMPTY = new CommitLog(List.of(), Map.of());

    private static final Pattern PERSON = Pattern.compile("(.*?)\\s*<([^<>]*)>\\s*");

    /** Git pairs at most so many files that are gone with files that are new; of more it finds only those that are equal. */
    private static final long MOST_PAIRS = 1_000L * 1_000L;

    private final List<Commit> commits;

    /** By name, the latest first. */
    private final Map<String, List<Step>> steps;

    private CommitLog(List<Commit> commits, Map<String, List<Step>> steps) {
        this.commits = commits;
        this.steps = steps;
    }

    /**
     * A commit.
     *
     * @param incomplete whether it may have taken a file from elsewhere, and it cannot be seen
     */
    private record Commit(String id, Author author, List<Author> coAuthors, boolean incomplete) {}

    private enum Kind {
        MADE,
        CHANGED,
        GONE
    }

    /**
     * What a commit did to the file of a name.
     *
     * @param commit its place in the log
     * @param from the names before, where it was moved here
     */
    private record Step(int commit, Kind kind, List<String> from) {
        Step(int commit, Kind kind) {
            this(commit, kind, List.of());
        }

        boolean isFirst() {
            return kind == Kind.MADE && from.isEmpty();
        }
    }

    /**
     * Reads what {@code git log -z --name-status} writes in this {@link #FORMAT}.
     *
     * @param shallow whether the history was cut off somewhere: then a commit without parents has some
     */
    static CommitLog of(String log, boolean shallow) {
        List<Commit> commits = new ArrayList<>();
        Map<String, List<Step>> steps = new HashMap<>();
        Deque<String> parts = new ArrayDeque<>(List.of(log.split("\0", -1)));
        while (!parts.isEmpty()) {
            String id = parts.removeFirst().strip();
            if (!id.startsWith(COMMIT) || parts.size() < 4) {
                continue;
            }
            boolean root = parts.removeFirst().isBlank();
            Author author = new Author(parts.removeFirst().strip(), parts.removeFirst().strip());
            List<Author> coAuthors = people(parts.removeFirst());
            boolean lost = files(parts, commits.size(), steps);
            commits.add(new Commit(id.substring(COMMIT.length()), author, coAuthors, (shallow && root) || lost));
        }
        return new CommitLog(List.copyOf(commits), steps);
    }

    /** @return whether so many files are new and gone that some may have been moved */
    private static boolean files(Deque<String> parts, int commit, Map<String, List<Step>> steps) {
        long made = 0;
        long gone = 0;
        while (!parts.isEmpty() && !parts.getFirst().strip().startsWith(COMMIT)) {
            String status = parts.removeFirst().strip();
            if (status.isEmpty() || parts.isEmpty()) {
                continue;
            }
            if (status.matches("[A-Z]{2,}")) {
                merged(parts, commit, status, steps);
                continue;
            }
            String name = parts.removeFirst();
            switch (status.charAt(0)) {
                case 'A' -> {
                    made++;
                    step(steps, name, new Step(commit, Kind.MADE));
                }
                case 'D' -> {
                    gone++;
                    step(steps, name, new Step(commit, Kind.GONE));
                }
                case 'R' -> {
                    String now = parts.isEmpty() ? name : parts.removeFirst();
                    step(steps, name, new Step(commit, Kind.GONE));
                    step(steps, now, new Step(commit, Kind.MADE, List.of(name)));
                }
                case 'C' -> step(steps, parts.isEmpty() ? name : parts.removeFirst(),
                        new Step(commit, Kind.MADE));
                default -> step(steps, name, new Step(commit, Kind.CHANGED));
            }
        }
        return made * gone > MOST_PAIRS;
    }

    /** A merge commit that has another file than each of its parents: one letter and one name for each of them, and the name that it has now. */
    private static void merged(Deque<String> parts, int commit, String status, Map<String, List<Step>> steps) {
        List<String> before = new ArrayList<>();
        for (int i = 0; i < status.length() && !parts.isEmpty(); i++) {
            before.add(parts.removeFirst());
        }
        String now = parts.isEmpty() ? "" : parts.removeFirst();
        Kind kind = status.matches("D+") ? Kind.GONE : status.matches("[AR]+") ? Kind.MADE : Kind.CHANGED;
        List<String> from = new ArrayList<>();
        for (int i = 0; i < before.size(); i++) {
            if (status.charAt(i) == 'R' && !before.get(i).equals(now)) {
                from.add(before.get(i));
            }
        }
        step(steps, now, new Step(commit, kind, from));
    }

    private static void step(Map<String, List<Step>> steps, String name, Step step) {
        steps.computeIfAbsent(name, _ -> new ArrayList<>()).add(step);
    }

    private static List<Author> people(String trailers) {
        List<Author> people = new ArrayList<>();
        for (String one : trailers.split(String.valueOf(PERSONS), -1)) {
            person(one.strip()).ifPresent(people::add);
        }
        return List.copyOf(people);
    }

    /** A person as a message names them; empty where that is no name with an address. */
    static Optional<Author> person(String text) {
        Matcher written = PERSON.matcher(text);
        return written.matches() && text.indexOf('\n') < 0
                ? Optional.of(new Author(written.group(1), written.group(2)))
                : Optional.empty();
    }

    /** Everyone whom a message names. */
    Set<Author> coAuthors() {
        Set<Author> all = new LinkedHashSet<>();
        commits.forEach(commit -> all.addAll(commit.coAuthors()));
        return all;
    }

    /** The same with other names and addresses for those whom messages name. */
    CommitLog withAddresses(Map<Author, Author> known) {
        return new CommitLog(commits.stream().map(commit -> new Commit(commit.id(), commit.author(),
                commit.coAuthors().stream().map(one -> known.getOrDefault(one, one)).toList(), commit.incomplete()))
                .toList(), steps);
    }

    /** The commits that made these files, or those that they were before. */
    List<String> makers(Set<String> names) {
        Set<String> makers = new LinkedHashSet<>();
        for (String name : names) {
            for (Step step : history(name)) {
                if (step.isFirst()) {
                    makers.add(commits.get(step.commit()).id());
                }
            }
        }
        return List.copyOf(makers);
    }

    /** Who wrote a file that is there now, the latest first; absent where it is not known. */
    Optional<List<Author>> authors(String name) {
        List<Step> history = history(name);
        boolean complete = history.stream().anyMatch(Step::isFirst) && history.stream()
                .noneMatch(step -> step.isFirst() && commits.get(step.commit()).incomplete());
        if (!complete) {
            return Optional.empty();
        }
        Set<Author> authors = new LinkedHashSet<>();
        for (int at : new TreeSet<>(history.stream().map(Step::commit).toList())) {
            authors.add(commits.get(at).author());
            authors.addAll(commits.get(at).coAuthors());
        }
        return Optional.of(List.copyOf(authors));
    }

    private record Place(String name, int before) {}

    /** What happened to a file under its name and those that it had. */
    private List<Step> history(String name) {
        List<Step> history = new ArrayList<>();
        Deque<Place> open = new ArrayDeque<>(List.of(new Place(name, -1)));
        Set<Place> known = new HashSet<>(open);
        while (!open.isEmpty()) {
            Place place = open.removeFirst();
            for (Step step : at(place)) {
                history.add(step);
                step.from().stream().map(from -> new Place(from, step.commit())).filter(known::add).forEach(open::add);
            }
        }
        return history;
    }

    /** What happened to the file that had a name before some commit. */
    private List<Step> at(Place place) {
        List<Step> all = steps.getOrDefault(place.name(), List.of());
        List<Step> own = new ArrayList<>();
        int first = 0;
        while (first < all.size() && all.get(first).commit() < place.before()) {
            first++;
        }
        // Another branch may have gone on with the former name, until a new file got it.
        for (int i = first - 1; i >= 0 && all.get(i).kind() != Kind.MADE; i--) {
            if (all.get(i).kind() == Kind.CHANGED) {
                own.add(all.get(i));
            }
        }
        boolean made = false;
        for (Step step : all.subList(first, all.size())) {
            switch (step.kind()) {
                case CHANGED -> own.add(step);
                case MADE -> {
                    own.add(step);
                    made = true;
                }
                case GONE -> {
                    if (made) {
                        return own; // Before that, another file had this name.
                    }
                }
            }
        }
        return own;
    }
}
