from .more import NAMES

PREFIX = "p_"
KEY = "key"
SHAPES = {"plain": NAMES}
