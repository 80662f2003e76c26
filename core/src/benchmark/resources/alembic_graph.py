"""Times Alembic's map of revisions on the history that the graph is timed on, and prints medians in milliseconds."""
import random
import statistics
import time

import alembic
from alembic.script.revision import Revision, RevisionMap


def made_up(size):
    rolled = random.Random(size)
    ids, made = [], []
    for i in range(size):
        place = i % 13
        if i == 0:
            parents = None
        elif place == 9:
            parents = ids[i - 2]
        elif place == 12:
            parents = (ids[i - 4], ids[i - 1])
        else:
            parents = ids[i - 1]
        needs = ids[rolled.randrange(i - 50)] if i > 100 and rolled.randrange(50) == 0 else None
        ids.append("%012x" % rolled.getrandbits(48))
        made.append((ids[i], parents, needs))
    return made, ids[(size // 13 - 2) * 13 + 8]


def median(times, action):
    taken = []
    for _ in range(times):
        begin = time.perf_counter()
        action()
        taken.append((time.perf_counter() - begin) * 1000)
    return statistics.median(taken)


def load(made):
    loaded = RevisionMap(lambda: [Revision(*one) for one in made])
    loaded._revision_map
    return loaded


def ask(made, left, in_order):
    loaded = load(made)
    heads = loaded.heads
    if in_order:
        return heads, list(loaded.iterate_revisions(left, "base"))
    return heads, list(loaded._get_ancestor_nodes([loaded.get_revision(left)]))


for size, times in ((1000, 5), (10000, 3)):
    made, left = made_up(size)
    print("Alembic %s, load, %s: %.1f" % (alembic.__version__, format(size, ","), median(times, lambda: load(made))), flush=True)
    print("Alembic, heads and implied, %s: %.1f" % (format(size, ","), median(times, lambda: ask(made, left, False))), flush=True)
    print("Alembic, heads and implied in order, %s: %.1f" % (format(size, ","), median(1, lambda: ask(made, left, True))), flush=True)
