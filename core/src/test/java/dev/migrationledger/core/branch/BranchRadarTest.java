package dev.migrationledger.core.branch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migrationledger.contracts.branch.OpenBranch.Clash;
import dev.migrationledger.contracts.branch.OpenBranch.Sibling;
import dev.migrationledger.contracts.branch.OpenBranch;
import dev.migrationledger.contracts.revision.Revision;
import dev.migrationledger.core.branch.BranchRadar.Deployed;
import dev.migrationledger.core.graph.RevisionGraph;
import dev.migrationledger.testsupport.graph.DrawnHistory;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class BranchRadarTest {

    private static final String PR = "pr:731";
    private static final String OTHER = "pr:702";

    private final List<Deployed> deployed = new ArrayList<>();
    private final Map<String, BranchRevisions> branches = new TreeMap<>();

    private BranchRadarTest staging(String drawing) {
        deployed.add(new Deployed(RevisionGraph.of(DrawnHistory.revisions(drawing)), List.of("staging")));
        return this;
    }

    private BranchRadarTest branch(String source, String drawing) {
        branches.put(source, BranchRevisions.of(DrawnHistory.revisions(drawing), graphs()));
        return this;
    }

    private List<RevisionGraph> graphs() {
        return deployed.stream().map(Deployed::graph).toList();
    }

    private BranchRadar radar() {
        return new BranchRadar(deployed, branches);
    }

    /** What is said of the pull request. */
    private List<String> says() {
        return says(PR);
    }

    private OpenBranch open(String source) {
        BranchRadar radar = radar();
        return new OpenBranch(source, "ann", Instant.EPOCH, radar.own(source), radar.siblings(source),
                radar.clashes(source));
    }

    private List<String> says(String source) {
        OpenBranch branch = open(source);
        List<String> all = new ArrayList<>(BranchSentences.problems(branch));
        all.addAll(BranchSentences.notices(branch));
        return all;
    }

    @Test
    void two_pull_requests_with_one_parent_see_each_other() {
        staging("79fa").branch(PR, "79fa <- b8c9").branch(OTHER, "79fa <- icon");
        assertThat(says()).containsExactly("79fa, the parent of b8c9, has another child in pr:702: icon. "
                + "The one that is merged second has to follow the other.");
        assertThat(says(OTHER)).containsExactly("79fa, the parent of icon, has another child in pr:731: b8c9. "
                + "The one that is merged second has to follow the other.");
    }

    @Test
    void a_branch_behind_what_is_deployed_is_to_follow_its_head() {
        staging("79fa <- icon <- size").branch(PR, "79fa <- b8c9");
        assertThat(says()).containsExactly(
                "79fa, the parent of b8c9, has another child in staging: icon. Let b8c9 follow size instead.");
    }

    @Test
    void a_branch_that_follows_the_head_and_one_without_revisions_say_nothing() {
        staging("79fa <- icon").branch(PR, "79fa <- icon <- b8c9").branch(OTHER, "79fa");
        assertThat(says()).isEmpty();
        assertThat(says(OTHER)).isEmpty();
        assertThat(radar().own(OTHER)).isEmpty();
    }

    @Test
    void a_branch_that_was_deployed_meanwhile_is_in_the_way_as_deployed() {
        staging("79fa").branch(PR, "79fa <- b8c9").branch(OTHER, "79fa <- icon");
        deployed.clear();
        staging("79fa <- icon");
        assertThat(says()).containsExactly(
                "79fa, the parent of b8c9, has another child in staging: icon. Let b8c9 follow icon instead.");
        assertThat(says(OTHER)).isEmpty();
    }

    @Test
    void a_branch_on_top_of_another_is_not_in_its_way() {
        staging("79fa").branch(PR, "79fa <- b8c9").branch(OTHER, "79fa <- b8c9 <- icon");
        assertThat(says()).isEmpty();
        assertThat(says(OTHER)).isEmpty();
    }

    @Test
    void branches_on_top_of_the_same_branch_see_each_other() {
        staging("79fa").branch("branch:main", "79fa <- next").branch(PR, "79fa <- next <- b8c9")
                .branch(OTHER, "79fa <- next <- icon");
        assertThat(says()).containsExactly("next, the parent of b8c9, has another child in pr:702: icon. "
                + "The one that is merged second has to follow the other.");
        assertThat(says("branch:main")).isEmpty();
    }

    @Test
    void a_branch_behind_the_main_branch_hears_of_it_before_anything_is_deployed() {
        staging("79fa").branch("branch:main", "79fa <- next").branch(PR, "79fa <- b8c9");
        assertThat(radar().siblings(PR)).containsExactly(
                new Sibling(List.of("79fa"), "b8c9", "next", "next", List.of(), List.of("branch:main")));
    }

    @Test
    void a_merge_is_no_sibling_of_what_it_merges() {
        staging("a <- b\na <- c").branch(PR, "a <- b <- m\na <- c <- m");
        assertThat(says()).isEmpty();
        branch(OTHER, "a <- b <- n\na <- c <- n");
        assertThat(says()).containsExactly("b and c, the parents of m, have another child in pr:702: n. "
                + "The one that is merged second has to follow the other.");
    }

    @Test
    void branches_with_labels_of_their_own_are_meant_to_stay_apart() {
        staging("a <- core\na <- plugin\ncore [core]\nplugin [plugin]")
                .branch(PR, "a <- core <- c2\na <- plugin\ncore [core]\nplugin [plugin]")
                .branch(OTHER, "a <- core\na <- plugin <- p2\ncore [core]\nplugin [plugin]");
        assertThat(says()).isEmpty();
        branch("pr:3", "a <- core <- c3\na <- plugin\ncore [core]\nplugin [plugin]");
        assertThat(radar().siblings(PR)).extracting(Sibling::branches).containsExactly(List.of("pr:3"));
        branch("pr:4", "a <- core\na <- plugin\na <- third\ncore [core]\nplugin [plugin]\nthird [third]");
        assertThat(says("pr:4")).as("a third branch that begins at a").isEmpty();
    }

    @Test
    void two_beginnings_of_a_history_are_named() {
        staging("a <- b").branch(PR, "z");
        assertThat(says()).containsExactly(
                "z begins the history, and so does another revision in staging: a. Let z follow b instead.");
    }

    @Test
    void of_all_branches_each_fork_is_said_once() {
        staging("79fa <- deployed").branch(PR, "79fa <- deployed <- b8c9").branch(OTHER, "79fa <- deployed <- icon")
                .branch("pr:9", "79fa <- old");
        assertThat(BranchSentences.all(List.of(open(OTHER), open(PR), open("pr:9")))).containsExactly(
                "pr:9: 79fa, the parent of old, has another child in staging: deployed. Let old follow deployed instead.",
                "deployed has 2 children that are not deployed: b8c9 in pr:731 and icon in pr:702. "
                        + "Only one of them can be merged as it is.");
        assertThat(BranchSentences.headline(open(PR)))
                .isEqualTo("pr:731 has 1 revision that no environment has: b8c9.");
    }

    @Test
    void one_id_for_two_revisions_is_named() {
        staging("a <- seen");
        branches.put(PR, BranchRevisions.of(List.of(file("a", "0", List.of()), file("seen", "1", List.of("a")),
                file("0042", "2", List.of("seen"))), graphs()));
        branches.put(OTHER, BranchRevisions.of(List.of(file("0042", "3", List.of("seen"))), graphs()));
        assertThat(radar().own(PR)).extracting(Revision::revision).containsExactly("seen", "0042");
        assertThat(radar().clashes(PR)).containsExactly(new Clash("seen", List.of("staging"), List.of()),
                new Clash("0042", List.of(), List.of(OTHER)));
        assertThat(says()).containsExactly(
                "seen does something else in staging. Leave its file as it is there, and add a revision.",
                "0042 is another revision in pr:702. Give one of them another id.");
    }

    private static Revision file(String id, String digest, List<String> parents) {
        return new Revision(id, parents, List.of(), List.of(), null, id + ".py", digest.repeat(64));
    }

    @Test
    void two_hundred_pull_requests_with_one_parent_are_one_sentence_each() {
        staging("a");
        IntStream.range(0, 200).forEach(i -> branch("pr:" + i, "a <- r" + i));
        BranchRadar radar = radar();
        assertThat(radar.siblings("pr:7")).hasSize(199);
        assertThat(says("pr:7")).containsExactly("a, the parent of r7, has 199 other children in pr:0, pr:1, pr:10, "
                + "pr:100 and 195 more. Each that is merged later has to follow the one before.");
    }

    /** Where all have one head, another child of a parent is there exactly if both together have several heads. */
    @Test
    void a_sibling_is_there_exactly_if_both_together_have_several_heads() {
        int forks = 0;
        for (int seed = 0; seed < 2_000; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            List<Revision> line = line("d", random.nextInt(1, 6), null);
            deployed.clear();
            branches.clear();
            deployed.add(new Deployed(RevisionGraph.of(line), List.of("staging")));
            List<List<Revision>> scripts = new ArrayList<>();
            for (int i = 0; i < 2; i++) {
                int from = random.nextInt(3) > 0 ? line.size() : random.nextInt(1, line.size() + 1);
                List<Revision> all = new ArrayList<>(line.subList(0, from));
                all.addAll(line("b" + i, random.nextInt(0, 3), all.getLast().revision()));
                scripts.add(all);
                branches.put("pr:" + i, BranchRevisions.of(all, graphs()));
            }
            List<Sibling> siblings = radar().siblings("pr:0");
            boolean behind = heads(List.of(line, scripts.getFirst())) > 1;
            assertThat(siblings.stream().anyMatch(one -> !one.environments().isEmpty())).as("seed %d", seed)
                    .isEqualTo(behind);
            if (!behind && heads(List.of(line, scripts.getLast())) == 1) {
                boolean fork = heads(List.of(line, scripts.getFirst(), scripts.getLast())) > 1;
                assertThat(siblings.isEmpty()).as("seed %d", seed).isEqualTo(!fork);
                forks += fork ? 1 : 0;
            }
        }
        assertThat(forks).isGreaterThan(100);
    }

    private static List<Revision> line(String name, int length, @Nullable String after) {
        List<Revision> line = new ArrayList<>();
        String parent = after;
        for (int i = 0; i < length; i++) {
            line.add(file(name + i, "0", parent == null ? List.of() : List.of(parent)));
            parent = name + i;
        }
        return line;
    }

    private static int heads(List<List<Revision>> scripts) {
        Map<String, Revision> all = new TreeMap<>();
        scripts.forEach(some -> some.forEach(one -> all.putIfAbsent(one.revision(), one)));
        return RevisionGraph.of(all.values()).heads().size();
    }
}
