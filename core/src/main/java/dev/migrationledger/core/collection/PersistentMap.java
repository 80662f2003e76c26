package dev.migrationledger.core.collection;

import java.util.AbstractMap;
import java.util.AbstractSet;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * A map that never changes, sorted by its keys. One that differs in a few entries shares all else with it, so adding an entry, and finding what differs between
 * two such maps, takes steps that grow with the logarithm of the size.
 *
 * <p>A treap whose priorities are hashes of the keys: equal keys make a tree of one shape, in whatever order they were added.
 */
public final class PersistentMap<V> extends AbstractMap<String, V> {

    private static final PersistentMap<?> EMPTY = new PersistentMap<>(null);

    private final @Nullable Node<V> root;

    private PersistentMap(@Nullable Node<V> root) {
        this.root = root;
    }

    @SuppressWarnings("unchecked")
    public static <V> PersistentMap<V> empty() {
        return (PersistentMap<V>) EMPTY;
    }

    public static <V> PersistentMap<V> of(Map<String, ? extends V> entries) {
        PersistentMap<V> map = empty();
        for (Map.Entry<String, ? extends V> entry : entries.entrySet()) {
            map = map.plus(entry.getKey(), entry.getValue());
        }
        return map;
    }

    /** This one if it has an equal value there already. */
    public PersistentMap<V> plus(String key, V value) {
        return with(Node.plus(root, key, value));
    }

    /** This one if it does not have the key. */
    public PersistentMap<V> minus(String key) {
        return with(Node.minus(root, key));
    }

    private PersistentMap<V> with(@Nullable Node<V> changed) {
        return changed == root ? this : new PersistentMap<>(changed);
    }

    /** Keys that only one of both has, and those with different values, sorted. */
    public Set<String> differing(PersistentMap<V> other) {
        Set<String> keys = new TreeSet<>();
        Node.differing(root, other.root, keys);
        return keys;
    }

    @Override
    public @Nullable V get(@Nullable Object key) {
        Node<V> node = key instanceof String name ? Node.find(root, name) : null;
        return node == null ? null : node.value;
    }

    @Override
    public boolean containsKey(@Nullable Object key) {
        return key instanceof String name && Node.find(root, name) != null;
    }

    @Override
    public int size() {
        return Node.size(root);
    }

    @Override
    public Set<Map.Entry<String, V>> entrySet() {
        return new AbstractSet<>() {
            @Override
            public Iterator<Map.Entry<String, V>> iterator() {
                return new Entries<>(root);
            }

            @Override
            public int size() {
                return PersistentMap.this.size();
            }
        };
    }

    @Override
    public Set<String> keySet() {
        return new AbstractSet<>() {
            @Override
            public Iterator<String> iterator() {
                Iterator<Map.Entry<String, V>> entries = new Entries<>(root);
                return new Iterator<>() {
                    @Override
                    public boolean hasNext() {
                        return entries.hasNext();
                    }

                    @Override
                    public String next() {
                        return entries.next().getKey();
                    }
                };
            }

            @Override
            public boolean contains(@Nullable Object key) {
                return containsKey(key);
            }

            @Override
            public int size() {
                return PersistentMap.this.size();
            }
        };
    }

    /** In the order of the keys. */
    private static final class Entries<V> implements Iterator<Map.Entry<String, V>> {

        /** The next one, below it those that come after its right part. */
        private final Deque<Node<V>> next = new ArrayDeque<>();

        Entries(@Nullable Node<V> root) {
            descend(root);
        }

        private void descend(@Nullable Node<V> from) {
            for (Node<V> node = from; node != null; node = node.left) {
                next.push(node);
            }
        }

        @Override
        public boolean hasNext() {
            return !next.isEmpty();
        }

        @Override
        public Map.Entry<String, V> next() {
            Node<V> node = next.poll();
            if (node == null) {
                throw new NoSuchElementException();
            }
            descend(node.right);
            return Map.entry(node.key, node.value);
        }
    }

    /** Keys to the left are smaller, those to the right larger. None below it has a higher priority. */
    private static final class Node<V> {
        private final String key;
        private final V value;
        private final int priority;
        private final @Nullable Node<V> left;
        private final @Nullable Node<V> right;
        private final int size;

        Node(String key, V value, @Nullable Node<V> left, @Nullable Node<V> right) {
            this.key = key;
            this.value = value;
            this.priority = mixed(key.hashCode());
            this.left = left;
            this.right = right;
            this.size = 1 + size(left) + size(right);
        }

        /** Similar keys have similar hashes; this is the end of MurmurHash3. */
        private static int mixed(int hash) {
            int mixed = hash;
            mixed = (mixed ^ (mixed >>> 16)) * 0x85ebca6b;
            mixed = (mixed ^ (mixed >>> 13)) * 0xc2b2ae35;
            return mixed ^ (mixed >>> 16);
        }

        static int size(@Nullable Node<?> node) {
            return node == null ? 0 : node.size;
        }

        private boolean isAbove(Node<?> other) {
            return priority == other.priority ? key.compareTo(other.key) < 0 : priority > other.priority;
        }

        private Node<V> with(@Nullable Node<V> newLeft, @Nullable Node<V> newRight) {
            return newLeft == left && newRight == right ? this : new Node<>(key, value, newLeft, newRight);
        }

        static <V> @Nullable Node<V> find(@Nullable Node<V> root, String key) {
            Node<V> node = root;
            while (node != null) {
                int order = key.compareTo(node.key);
                if (order == 0) {
                    return node;
                }
                node = order < 0 ? node.left : node.right;
            }
            return null;
        }

        static <V> Node<V> plus(@Nullable Node<V> node, String key, V value) {
            Node<V> added = new Node<>(key, value, null, null);
            return node == null ? added : node.plus(added);
        }

        private Node<V> plus(Node<V> added) {
            int order = added.key.compareTo(key);
            if (order == 0) {
                return Objects.equals(value, added.value) ? this : new Node<>(key, added.value, left, right);
            }
            if (added.isAbove(this)) {
                return new Node<>(added.key, added.value, before(this, added.key), after(this, added.key));
            }
            return order < 0
                    ? with(left == null ? added : left.plus(added), right)
                    : with(left, right == null ? added : right.plus(added));
        }

        static <V> @Nullable Node<V> minus(@Nullable Node<V> node, String key) {
            if (node == null) {
                return null;
            }
            int order = key.compareTo(node.key);
            if (order == 0) {
                return joined(node.left, node.right);
            }
            return order < 0
                    ? node.with(minus(node.left, key), node.right)
                    : node.with(node.left, minus(node.right, key));
        }

        /** What has smaller keys. */
        private static <V> @Nullable Node<V> before(@Nullable Node<V> node, String key) {
            if (node == null) {
                return null;
            }
            return node.key.compareTo(key) < 0
                    ? node.with(node.left, before(node.right, key))
                    : before(node.left, key);
        }

        /** What has larger keys. */
        private static <V> @Nullable Node<V> after(@Nullable Node<V> node, String key) {
            if (node == null) {
                return null;
            }
            return node.key.compareTo(key) > 0
                    ? node.with(after(node.left, key), node.right)
                    : after(node.right, key);
        }

        /** @param right all its keys are larger than those of the other */
        private static <V> @Nullable Node<V> joined(@Nullable Node<V> left, @Nullable Node<V> right) {
            if (left == null || right == null) {
                return left == null ? right : left;
            }
            return left.isAbove(right)
                    ? left.with(left.left, joined(left.right, right))
                    : right.with(joined(left, right.left), right.right);
        }

        static <V> void differing(@Nullable Node<V> one, @Nullable Node<V> other, Set<String> keys) {
            if (one == other) {
                return;
            }
            if (one == null || (other != null && other.isAbove(one))) {
                differing(other, one, keys);
                return;
            }
            // Nothing in the other one is above this node, so that one has its key at its root or not at all.
            Node<V> same = other != null && other.key.equals(one.key) ? other : null;
            if (same == null || !Objects.equals(one.value, same.value)) {
                keys.add(one.key);
            }
            differing(one.left, same == null ? before(other, one.key) : same.left, keys);
            differing(one.right, same == null ? after(other, one.key) : same.right, keys);
        }
    }
}
