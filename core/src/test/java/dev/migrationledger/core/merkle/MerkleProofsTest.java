package dev.migrationledger.core.merkle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.migrationledger.contracts.log.LogHash;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Against the test vectors of Certificate Transparency, and against the definitions of RFC 6962 for all sizes up to 300. */
class MerkleProofsTest {

    private static final int SIZES = 300;

    private static final List<LogHash> LEAVES = IntStream.range(0, SIZES).mapToObj(i -> LogHash.leaf("leaf " + i))
            .toList();

    private static final Map<Subtree, LogHash> KNOWN = new ConcurrentHashMap<>();

    /** Every full subtree is computed once. */
    private static final SubtreeHashes TREE = subtree -> KNOWN.computeIfAbsent(subtree, new NaiveTree(LEAVES)::of);

    private static final List<LogHash> ROOTS = IntStream.rangeClosed(0, SIZES)
            .mapToObj(size -> NaiveTree.root(LEAVES.subList(0, size))).toList();

    @Test
    void roots_are_those_of_certificate_transparency() {
        List<String> leaves = List.of("", "00", "10", "2021", "3031", "40414243", "5051525354555657",
                "606162636465666768696a6b6c6d6e6f");
        List<String> roots = List.of("6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
                "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
                "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
                "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
                "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
                "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
                "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
                "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328");
        CompactRange range = new CompactRange();
        assertThat(HexFormat.of().formatHex(range.root().bytes()))
                .isEqualTo("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
        for (int i = 0; i < leaves.size(); i++) {
            range.append(LogHash.leaf(HexFormat.of().parseHex(leaves.get(i))));
            assertThat(HexFormat.of().formatHex(range.root().bytes())).isEqualTo(roots.get(i));
        }
    }

    @Test
    void roots_are_as_defined() {
        CompactRange range = new CompactRange();
        for (int size = 0; size <= SIZES; size++) {
            assertThat(range.root()).isEqualTo(ROOTS.get(size));
            assertThat(MerkleProofs.root(size, TREE)).isEqualTo(ROOTS.get(size));
            assertThat(CompactRange.of(size, TREE)).isEqualTo(range);
            assertThat(CompactRange.of(size, range.hashes())).isEqualTo(range);
            if (size < SIZES) {
                range.append(LEAVES.get(size));
            }
        }
    }

    @Test
    void inclusion_is_proved_as_defined_for_every_leaf_of_every_size() {
        for (int size = 1; size <= SIZES; size++) {
            // All leaves of small trees, and every seventh of large ones.
            for (int leaf = 0; leaf < size; leaf += size <= 70 ? 1 : 7) {
                List<LogHash> proof = MerkleProofs.inclusion(leaf, size, TREE);

                assertThat(proof).isEqualTo(NaiveTree.path(leaf, LEAVES.subList(0, size)));
                assertThat(MerkleProofs.includes(LEAVES.get(leaf), leaf, size, ROOTS.get(size), proof)).isTrue();
            }
        }
    }

    @Test
    void consistency_is_proved_as_defined_for_every_two_sizes() {
        for (int second = 1; second <= SIZES; second++) {
            for (int first = 1; first <= second; first += second <= 70 ? 1 : 5) {
                List<LogHash> proof = MerkleProofs.consistency(first, second, TREE);

                assertThat(proof).isEqualTo(NaiveTree.subproof(first, LEAVES.subList(0, second), true));
                assertThat(MerkleProofs.extend(first, ROOTS.get(first), second, ROOTS.get(second), proof)).isTrue();
            }
            assertThat(MerkleProofs.extend(0, LogHash.EMPTY, second, ROOTS.get(second),
                    MerkleProofs.consistency(0, second, TREE))).isTrue();
        }
    }

    @Test
    void a_proof_that_is_changed_in_any_way_proves_nothing() {
        Random random = new Random(14);
        for (int round = 0; round < 400; round++) {
            int size = 2 + random.nextInt(SIZES - 1);
            int leaf = random.nextInt(size);
            List<LogHash> proof = MerkleProofs.inclusion(leaf, size, TREE);
            changed(proof, random).forEach(wrong -> assertThat(
                    MerkleProofs.includes(LEAVES.get(leaf), leaf, size, ROOTS.get(size), wrong)).isFalse());
            int other = (leaf + 1) % size;
            assertThat(MerkleProofs.includes(LEAVES.get(leaf), other, size, ROOTS.get(size), proof)).isFalse();
            assertThat(MerkleProofs.includes(LEAVES.get(other), leaf, size, ROOTS.get(size), proof)).isFalse();

            int first = 1 + random.nextInt(size - 1);
            List<LogHash> consistency = MerkleProofs.consistency(first, size, TREE);
            changed(consistency, random).forEach(wrong -> assertThat(
                    MerkleProofs.extend(first, ROOTS.get(first), size, ROOTS.get(size), wrong)).isFalse());
            assertThat(MerkleProofs.extend(first, ROOTS.get(first - 1), size, ROOTS.get(size), consistency))
                    .isFalse();
            assertThat(MerkleProofs.extend(first, ROOTS.get(first), size, ROOTS.get(size - 1), consistency))
                    .isFalse();
        }
    }

    private static List<List<LogHash>> changed(List<LogHash> proof, Random random) {
        List<List<LogHash>> changed = new ArrayList<>();
        List<LogHash> longer = new ArrayList<>(proof);
        longer.add(random.nextInt(proof.size() + 1), LogHash.leaf("more"));
        changed.add(longer);
        if (!proof.isEmpty()) {
            List<LogHash> shorter = new ArrayList<>(proof);
            shorter.remove(random.nextInt(proof.size()));
            changed.add(shorter);
            List<LogHash> other = new ArrayList<>(proof);
            other.set(random.nextInt(proof.size()), LogHash.leaf("other"));
            changed.add(other);
        }
        return changed;
    }

    @Test
    void a_range_grows_by_subtrees_as_by_leaves() {
        for (int from = 0; from < SIZES; from += 3) {
            for (int to = from; to <= SIZES; to += 7) {
                CompactRange range = CompactRange.of(from, TREE);
                List<Subtree> cover = Subtree.cover(from, to);
                cover.forEach(subtree -> range.append(subtree.level(), TREE.of(subtree)));

                assertThat(range.root()).isEqualTo(ROOTS.get(to));
                assertThat(cover.stream().flatMap(MerkleProofsTest::leaves))
                        .containsExactlyElementsOf(IntStream.range(from, to).mapToObj(Long::valueOf).toList());
            }
        }
    }

    private static Stream<Long> leaves(Subtree subtree) {
        return Stream.iterate(subtree.begin(), leaf -> leaf < subtree.end(), leaf -> leaf + 1);
    }

    @Test
    void a_subtree_begins_where_the_tree_has_one() {
        CompactRange range = CompactRange.of(3, TREE);

        assertThatThrownBy(() -> range.append(1, LEAVES.getFirst())).hasMessageContaining("begins with leaf 3");
        assertThatThrownBy(() -> CompactRange.of(3, List.of())).hasMessageContaining("2 full subtrees, not 0");
    }

    @Test
    void large_trees_have_short_proofs() {
        SubtreeHashes large = subtree -> LogHash.leaf(subtree.toString());
        assertThat(MerkleProofs.inclusion(123_456_789, 1_000_000_000, large)).hasSize(30);
        assertThat(Subtree.cover(1, (1L << 40) + 1)).hasSize(41);
        assertThat(Subtree.cover(0, Long.MAX_VALUE / 2)).hasSize(62);
    }
}
