# Forms that Python has had since 3.12. An older one passes over the file.
type A = int
type B[T: (int, str), *Ts, **P] = dict[T, P]
def f[T: int](x: T) -> T: return x
class C[T](D[T], e=f): x: T
async def g[**P](*a: P.args, **b: P.kwargs): pass
a = f'{'b'}{"c" f'{f'{d['e']}'}'}{g:{h!r:{'i'}}}{
    j  # a remark with a } brace and a ' quote
}{'\n'.join(k)}'
b = f"{c!r:^{d}.{e}}{f"{g}"=}{h:i{j}k}"
