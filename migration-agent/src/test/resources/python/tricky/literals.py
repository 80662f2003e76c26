# A remark before the docstring.
'''First line \
goes on

    indented "quotes" ''"and 'more'"
'''
import sys, os.path as path
a = 'single'; b = "double" ; c = '''tri'ple''' ; d = """tri"ple
over lines"""
e = r'\raw\n' R"\x" u'\u00fc' U"\N{BULLET}" '\103\0\1009' "\
" '\q\'\"\a\b\f\v\t\r\n\\'
f = ("implicit"   # remark with ' quote
     ' concat'

     r'\d')
g = f'{{not}} a field' f"{a}-{b}" rf'\{a}' Fr"{a}\n"
h = (); i = ('x'); j = ('x',); k = 'x', ; l = 'x', 'y'; m = ['x', 'y',]; n = {'x', 'y'}
o = [*j, 'z', *m]
p = set(), frozenset(('x',)), tuple(m), list(j)
q = 'a' + 'b' + ("c" "d")
s = ('a',) + ('b', 'c')
t = None or 'fallback'
u = 'yes' if a else 'no'
v = ('yes' if None else ('no' if () else 'neither'))
w: "str | None" = 'annotated'
x = y = z = ('chained', None)
(aa, [bb, (cc)]), dd = ('1', ['2', '3']), '4'
ee = \
    'joined \
lines'
ff = 'before'; ff += ' after'
gg = ['l']; gg += ['m']
hh = b'bytes' B"more" ; ii = 0x1F; jj = 1_000.5e-3j; kk = ...; ll = -1; mm = True
nn = lambda q='default', *r: q
oo = {'key': 'value'}
pp = (('n', ('e', ['s', {'t'}])),)
è = 'identifiers need not be ascii'
rr = "\N{LATIN SMALL LETTER E WITH ACUTE}\U0001F600\x41"
