package dev.migrationledger.core.collection;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PersistentMapTest {

    /** The first two have one hash. */
    private static final String[] KEYS = {"Aa", "BB", "a", "b", "c", "d", "e", "f", "g", "h", "i", "j"};

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void it_is_as_a_sorted_map_and_earlier_ones_stay_as_they_were(long seed) {
        Random random = new Random(seed);
        TreeMap<String, Integer> expected = new TreeMap<>();
        PersistentMap<Integer> map = PersistentMap.empty();
        for (int step = 0; step < 2_000; step++) {
            Map<String, Integer> expectedBefore = new TreeMap<>(expected);
            PersistentMap<Integer> before = map;
            for (int i = random.nextInt(4); i >= 0; i--) {
                String key = KEYS[random.nextInt(KEYS.length)];
                int value = random.nextInt(4);
                if (value == 0) {
                    expected.remove(key);
                    map = map.minus(key);
                } else {
                    expected.put(key, value);
                    map = map.plus(key, value);
                }
            }
            assertThat(map.toString()).isEqualTo(expected.toString());
            assertThat(map).isEqualTo(expected).hasSameSizeAs(expected);
            assertThat(map.keySet()).containsExactlyElementsOf(expected.keySet());
            for (String key : KEYS) {
                assertThat(map.get(key)).isEqualTo(expected.get(key));
                assertThat(map.containsKey(key)).isEqualTo(expected.containsKey(key));
                assertThat(map.keySet().contains(key)).isEqualTo(expected.containsKey(key));
            }
            assertThat(before).isEqualTo(expectedBefore);
            assertThat(map.differing(before)).isEqualTo(differing(expected, expectedBefore));
            assertThat(before.differing(map)).isEqualTo(differing(expected, expectedBefore));
            assertThat(map.differing(PersistentMap.of(new HashMap<>(expectedBefore))))
                    .isEqualTo(differing(expected, expectedBefore));
        }
    }

    private static Set<String> differing(Map<String, Integer> one, Map<String, Integer> other) {
        return Stream.of(one, other).flatMap(it -> it.keySet().stream())
                .filter(key -> !Objects.equals(one.get(key), other.get(key)))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    @Test
    void what_changes_nothing_makes_no_other_map() {
        PersistentMap<String> map = PersistentMap.of(Map.of("a", "one", "b", "two"));

        assertThat(map.plus("a", "one")).isSameAs(map);
        assertThat(map.minus("c")).isSameAs(map);
    }

    /** A value that counts how often it is compared. */
    private record Counting(int value, AtomicInteger compared) {
        @Override
        public boolean equals(Object other) {
            compared.incrementAndGet();
            return other instanceof Counting counting && counting.value == value;
        }

        @Override
        public int hashCode() {
            return value;
        }
    }

    @Test
    void a_difference_is_found_without_a_look_at_all_else() {
        AtomicInteger compared = new AtomicInteger();
        PersistentMap<Counting> map = PersistentMap.empty();
        for (int i = 0; i < 100_000; i++) {
            map = map.plus("environment-" + i, new Counting(i, compared));
        }
        PersistentMap<Counting> other = map.plus("environment-5", new Counting(-1, compared))
                .minus("environment-77777");
        compared.set(0);

        assertThat(other.differing(map)).containsExactly("environment-5", "environment-77777");
        assertThat(compared).hasValue(1);
    }
}
