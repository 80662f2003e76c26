package dev.migrationledger.core.graph;

import java.util.AbstractSet;
import java.util.BitSet;
import java.util.Iterator;
import java.util.NoSuchElementException;

/** Revision ids as a read-only set over their numbers, so that 100,000 of them cost 12 KB; in the order of the input. */
final class Numbered extends AbstractSet<String> {

    private final Links links;
    private final BitSet numbers;

    Numbered(Links links, BitSet numbers) {
        this.links = links;
        this.numbers = numbers;
    }

    @Override
    public boolean contains(Object id) {
        Integer number = id instanceof String text ? links.number(text) : null;
        return number != null && numbers.get(number);
    }

    @Override
    public int size() {
        return numbers.cardinality();
    }

    @Override
    public Iterator<String> iterator() {
        return new Iterator<>() {
            private int next = numbers.nextSetBit(0);

            @Override
            public boolean hasNext() {
                return next >= 0;
            }

            @Override
            public String next() {
                if (next < 0) {
                    throw new NoSuchElementException();
                }
                String id = links.id(next);
                next = numbers.nextSetBit(next + 1);
                return id;
            }
        };
    }
}
