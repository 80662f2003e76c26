# Every form of Python's grammar up to 3.11 that people rarely write next to one another. It is parsed, never run.
from __future__ import annotations
from . import (a, b as c,)
from ...x.y import *
from .... import d
import e.f, g.h as i
@a.b(c)[d]
@(lambda f: f)
async def f(p, /, q: int = 1, *r: str, s, t=..., **u: dict[str, int]) -> tuple[int, ...]:
    async with a as b, c() as (d, *e): await f
    async for x, *y in z: yield x, *y
    else: return
    z = [i async for i in j if await k if l]
    await x ** -y; yield
    x = yield from y
def g(*, a): global b, c; nonlocal_ = 1; return *a, b
def h(*args: *Ts): pass
class A(B, metaclass=C, *D, **E): x: int; y: str = 'a'; (z): int = 1; a.b: c; d[0]: e = 1 if 0 else 2
class F: pass; ...
x = y = *z, = 1,
x += yield_; x @= y; x //= z; x **= 1; x >>= 2; x <<= 3; x &= 4; x ^= 5; x |= 6; x %= 7; x -= 8; x /= 9; x *= 10
a = 0x_1F + 0o17 - 0b1_0 * 1_000.5e-1_0 / .5 // 5. % 1e10 @ 1J ** 1.5j ** -2 | 3 ^ 4 & 5 << 6 >> ~7
a = not b and c or d if not e is not f not in g else lambda: (yield)
a = b < c <= d == e != f >= g > h in i not in j is k is not l
a = lambda *a, b=1, **c: lambda x, /, y=(z := 1), *, w: [x, y]
a = b[:], b[1:], b[:2], b[::3], b[1:2:3], b[1:2, ::3], b[...], b[a, *c], b[()], b[x := 1], b[lambda: 1:2]
a = {}, {1}, {1: 2}, {**a, 'b': c, **d}, {*a, b}, {a: b for a, b in c}, {a for a in b}, (), (1,), [], [*a], (a), ((a),), (yield)
a = (x for x in y), f(x for x in y), f(a, *b, c=d, *e, **g, h=i,), f(**a, b=c), f(x := 1, *y or z)
a = [x for x in y if z if w for v, in u for t[0], s.r in q if (p := o)]
a = 'b' "c" '''d
e''' r'\n' u'f' f'{g}' rf'\{h}\n' F"{i!r:>{j}}{k=}{l = !s}{m:{n}.{o}}{{}}"; a = b'' if p else b'\x00' Rb"\x"
a = f'{x:%Y-%m-%d}{y["z"]}{ {1: 2}[1] }{(lambda: 1)()}{a if b else c}{*d, e}{f"{g}"}' f"""{
    h
}""" f'\N{DIGIT ONE}{1}\x41\u0042\'' fr'\{{}}'
a = "\
b\
" '\0\12\1234\x7f\u00e9\U0001F600\N{LATIN SMALL LETTER A}\q' "é😀"; é = ª = 1
del a, (b, c), [d], e.f, g[0],
assert a, b; assert (a)
raise; raise a; raise a from b
if a: pass
elif b: c
elif (d := e): f
else: g
while a:
    break
else:
	continue
for a in b, *c: pass
else: pass
for (a) in (b): pass
try: a
except: b
try: a
except (B, C) as d: e
except F.G: h
else: i
finally: j
try: a
finally: b
try:
    a
except* B: c
except* (D, E) as f: g
with a: pass
with a as b, c as d.e, f as [g, h]: pass
with (a, b): pass
with (a as b, c): pass
with (a as b,): pass
with (a): pass
with (a) as b: pass
with (a, b) as c: pass
with (a).b as c: pass
with (yield): pass
with (a for b in c): pass
with (a := b): pass
with a(), b(): pass
match a:
    case 1 | -2 | 3 + 4j | "b" "c" | None | True: d
    case [e, *_, (f)] | (g, h) if i: j
    case {'k': l, m.n: _, **o}: p
    case Q(r, s=t) as u: v
    case *w, x: y
    case z: pass
match (a): 
    case _: pass
match [a, b]:
    case []: pass
match -a:
    case b: pass
match *a, b:
    case c: pass
match(a); match[a]; match * a; match - a; match.b; match = case = type = _ = 1
match: int = 1
print(type, match, sep='', ); type (a)
if a:
        b
        if c:
            d
   # a remark that is indented like nothing else
        e
if (a and
b): c = (
  d  # remark
)
a = b \
  + c
a; b; c;
