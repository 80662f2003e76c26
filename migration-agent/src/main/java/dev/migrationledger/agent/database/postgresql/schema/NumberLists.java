package dev.migrationledger.agent.database.postgresql.schema;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Lists of numbers, as catalogs write them: {@code 1 2} and {@code {1,2}}. */
final class NumberLists {

    private NumberLists() {}

    static List<Long> longs(@Nullable String text) {
        return text == null
                ? List.of()
                : Arrays.stream(text.split("[ ,{}]+"))
                        .filter(word -> !word.isEmpty())
                        .map(Long::valueOf)
                        .toList();
    }

    static List<Integer> ints(@Nullable String text) {
        return longs(text).stream().map(Math::toIntExact).toList();
    }
}
