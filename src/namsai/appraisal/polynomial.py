"""All positive real roots of a polynomial with their multiplicity, proven: exact integers, Descartes' rule, bisection.

Method: square-free parts (Yun), then bisection with Descartes' rule of signs (Vincent, Collins, Akritas): an interval
with no sign variation holds no root, one with exactly one variation holds exactly one; for a square-free polynomial
the bisection always ends (two-circle theorem). Coefficients are integers, highest power first; nothing is rounded
before the last step. The usual flow (money out, then money in) has one variation, so one simple root: Newton's method
in floats finds it, one exact step sharpens it, exact signs on either side prove it.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction
from itertools import accumulate, pairwise
from math import gcd, lcm

Poly = list[int]  # integer coefficients, highest power first, first one not zero
_PRIMES = (2305843009213693951, 2147483647, 1000000007)


def to_integers(values: Sequence[float]) -> Poly:
    """Return integers proportional to the values, each value read as the decimal number it is written as.

    >>> to_integers([-5, 10.5, 1])
    [-10, 21, 2]
    """
    parts = [Decimal(repr(float(v))).as_integer_ratio() for v in values]
    common = lcm(*(below for _, below in parts))
    return _primitive([above * (common // below) for above, below in parts])


def variations(coefficients: Sequence[int]) -> int:
    """Count the changes of sign, zeros left out.

    >>> variations([-5, 10, 0, 1, -8, 1])
    3
    """
    signs = [c > 0 for c in coefficients if c]
    return sum(a != b for a, b in pairwise(signs))


def sign_at(poly: Poly, x: Fraction) -> int:
    """Return the exact sign of the polynomial at a rational point."""
    p, q, total, power = x.numerator, x.denominator, 0, 1
    for c in poly:
        total = total * p + c * power
        power *= q
    return (total > 0) - (total < 0)


def positive_roots(poly: Poly) -> list[tuple[float, int]]:
    """Return all roots in (0, inf) as (root to the last bit but a few, multiplicity), ascending.

    >>> positive_roots([1, -3, 2]), positive_roots([100, -220, 121])
    ([(1.0, 1), (2.0, 1)], [(1.1, 2)])
    """
    if variations(poly) == 1:
        root = only_root(poly)
        if root is not None:
            return [(root, 1)]
    return isolated_roots(poly)


def only_root(poly: Poly) -> float | None:
    """Return the one positive root of a polynomial with one change of sign; None where the proof does not succeed.

    >>> only_root([-100, 60, 60])
    1.1306623862918075
    """
    poly = _primitive(poly)
    while poly[-1] == 0:
        poly = poly[:-1]
    at_one = sum(poly)
    if at_one == 0:
        return 1.0
    turned = (at_one > 0) != (poly[0] > 0)  # the root lies above 1: look for its reciprocal below 1
    if turned:
        poly = poly[::-1]
    guess = _newton(poly)
    if not 0 < guess <= 1:
        return None
    m, below = guess.as_integer_ratio()
    bits = below.bit_length() - 1  # the guess is m / 2^bits
    total = slope = 0
    for i, c in enumerate(poly):
        slope = slope * m + total
        total = total * m + (c << bits * i)
    if total:
        if slope == 0:
            return None
        more = 62 - m.bit_length()
        m, bits = (m << more) - (total << more) // slope, bits + more
        if m < 2 or _sign_at_dyadic(poly, m - 1, bits) * _sign_at_dyadic(poly, m + 1, bits) >= 0:
            return None
    return (1 << bits) / m if turned else m / (1 << bits)


def _newton(poly: Poly) -> float:
    """Return the root between 0 and 1 in floats: Newton's steps, halving the bracket where one leads out of it."""
    scale = max(abs(c).bit_length() for c in poly) - 900
    size = [float(c >> scale) if scale > 0 else float(c) for c in poly]
    low, high, x, rising = 0.0, 1.0, 0.9, poly[-1] < 0
    for _ in range(100):
        value = slope = 0.0
        for c in size:
            slope = slope * x + value
            value = value * x + c
        if value == 0:
            return x
        low, high = (low, x) if (value > 0) == rising else (x, high)
        step = x - value / slope if slope else low
        if step == x or abs(step - x) < 1e-15 * x:
            return x
        x = step if low < step < high else (low + high) / 2
    return x


def _sign_at_dyadic(poly: Poly, m: int, bits: int) -> int:
    """Return the exact sign of the polynomial at m / 2^bits."""
    total = 0
    for i, c in enumerate(poly):
        total = total * m + (c << bits * i)
    return (total > 0) - (total < 0)


def isolated_roots(poly: Poly) -> list[tuple[float, int]]:
    """Return what `positive_roots` does, for any polynomial, by square-free parts and exact bisection."""
    found: list[tuple[float, int]] = []
    for factor, multiplicity in square_free(_primitive(poly)):
        found += [(_refine(factor, low, high), multiplicity) for low, high in isolate(factor)]
    return sorted(found)


def isolate(poly: Poly) -> list[tuple[Fraction, Fraction]]:
    """Return one interval per positive root of a square-free polynomial; low = high where the root is met exactly."""
    while poly and poly[-1] == 0:
        poly = poly[:-1]
    if variations(poly) == 0:
        return []
    n = len(poly) - 1
    scale = _bound(poly)
    if variations(poly) == 1:
        return [(Fraction(0), _two(scale))]
    # q(x) = p(2^scale x): all positive roots of p lie in (0, 1) of q.
    if scale >= 0:
        q = [c << (scale * (n - i)) for i, c in enumerate(poly)]
    else:
        q = [c << (-scale * i) for i, c in enumerate(poly)]
    found: list[tuple[Fraction, Fraction]] = []
    todo: list[tuple[int, int, Poly]] = [(0, 0, q)]  # (c, k, q): the roots of q in (0, 1) are ours in (c, c+1)/2^k
    while todo:
        c, k, q = todo.pop()
        if q[-1] == 0:
            found.append((Fraction(c, 1 << k), Fraction(c, 1 << k)))
            q = q[:-1]
        count = variations(_shift(q[::-1])) if len(q) > 1 else 0
        if count == 1:
            found.append((Fraction(c, 1 << k), Fraction(c + 1, 1 << k)))
        elif count > 1:
            left = _primitive([a << i for i, a in enumerate(q)])  # 2^m q(x/2)
            todo += [(2 * c + 1, k + 1, _shift(left)), (2 * c, k + 1, left)]
    unit = _two(scale)
    return sorted((low * unit, high * unit) for low, high in found)


def square_free(poly: Poly) -> list[tuple[Poly, int]]:
    """Return the square-free factors with their multiplicity (Yun; a proof modulo a prime where it suffices)."""
    if len(poly) < 3 or _coprime_modulo(poly, _derivative(poly)):
        return [(poly, 1)]
    result: list[tuple[Poly, int]] = []
    slope = _derivative(poly)
    common = _gcd(poly, slope)
    b, c = _divide(poly, common), _divide(slope, common)
    level = 1
    while len(b) > 1:
        d = _minus(c, _derivative(b))
        factor = _gcd(b, d) if d else b
        if len(factor) > 1:
            result.append((_primitive(factor), level))
        b = _divide(b, factor)
        c = _divide(d, factor) if d else []
        level += 1
    return result


def _refine(poly: Poly, low: Fraction, high: Fraction) -> float:
    """Bisect an isolating open interval by exact signs until it holds one float; a float guess shortens the way."""
    if low == high:
        return float(low)
    right = sign_at(poly, high) or -sign_at(_derivative(poly), high)  # the sign between the root and `high`
    for width in (48, 40, 24):
        guess = Fraction(_float_root(poly, float(low), float(high), right))
        a, b = max(low, guess - guess / (1 << width)), min(high, guess + guess / (1 << width))
        if a < b and sign_at(poly, a) == -right and sign_at(poly, b) == right:
            low, high = a, b
            break
    while high - low > high / (1 << 56):
        middle = _short((low + high) / 2, high - low)
        sign = sign_at(poly, middle)
        if sign == 0:
            return float(middle)
        low, high = (middle, high) if sign == -right else (low, middle)
    return float((low + high) / 2)


def _float_root(poly: Poly, low: float, high: float, right: int) -> float:
    scale = max(abs(c).bit_length() for c in poly) - 900
    size = [float(c >> scale) if scale > 0 else float(c) for c in poly]
    for _ in range(80):
        middle = (low + high) / 2
        value = 0.0
        for c in size if middle <= 1 else reversed(size):
            value = value * (middle if middle <= 1 else 1 / middle) + c
        low, high = (low, middle) if (value > 0) == (right > 0) else (middle, high)
    return (low + high) / 2


def _short(x: Fraction, width: Fraction) -> Fraction:
    """Round x to a multiple of a power of two below an eighth of the width: keeps the numbers short."""
    bits = max(0, width.denominator.bit_length() - width.numerator.bit_length() + 4)
    return Fraction(round(x * (1 << bits)), 1 << bits)


def _bound(poly: Poly) -> int:
    """Return k with all positive roots below 2^k (Cauchy, Fujiwara)."""
    first = abs(poly[0])
    worst = -(10**9)
    for i, c in enumerate(poly[1:], 1):
        if c and (c > 0) != (poly[0] > 0):
            worst = max(worst, -(-(abs(c).bit_length() - first.bit_length() + 1) // i))
    return worst + 1


def _two(power: int) -> Fraction:
    return Fraction(1 << power) if power >= 0 else Fraction(1, 1 << -power)


def _shift(poly: Poly) -> Poly:
    """Return p(x + 1)."""
    rest, out = poly, []
    while rest:
        rest = list(accumulate(rest))
        out.append(rest.pop())
    return out[::-1]


def _derivative(poly: Poly) -> Poly:
    n = len(poly) - 1
    return [c * (n - i) for i, c in enumerate(poly[:-1])]


def _primitive(poly: Sequence[int]) -> Poly:
    start = next((i for i, c in enumerate(poly) if c), len(poly))
    rest = poly[start:]
    common = gcd(*rest) if rest else 1
    return [c // common for c in rest]


def _minus(a: Poly, b: Poly) -> Poly:
    size = max(len(a), len(b))
    full = [x - y for x, y in zip([0] * (size - len(a)) + a, [0] * (size - len(b)) + b, strict=True)]
    start = next((i for i, c in enumerate(full) if c), size)
    return full[start:]


def _divide(a: Poly, b: Poly) -> Poly:
    """Return a / b where b is primitive and divides a (Gauss's lemma keeps it in integers)."""
    rest, out = list(a), []
    for i in range(len(a) - len(b) + 1):
        factor = rest[i] // b[0]
        out.append(factor)
        if factor:
            for j, c in enumerate(b):
                rest[i + j] -= factor * c
    return out


def _gcd(a: Poly, b: Poly) -> Poly:
    """Return the primitive greatest common divisor (primitive pseudo-remainder sequence)."""
    a, b = _primitive(a), _primitive(b)
    while b:
        rest = list(a)
        while len(rest) >= len(b):
            top, low = rest[0], b[0]
            common = gcd(top, low)
            up, down = low // common, top // common
            rest = [c * up - (b[i] * down if i < len(b) else 0) for i, c in enumerate(rest)][1:]
        a, b = b, _primitive(rest)
    return a


def _coprime_modulo(a: Poly, b: Poly) -> bool:
    """Tell whether a and b have no common divisor modulo one of the primes, which proves it over the integers."""
    for prime in _PRIMES:
        if a[0] % prime == 0 or b[0] % prime == 0:
            continue
        u, v = [c % prime for c in a], [c % prime for c in b]
        while v:
            inverse = pow(v[0], -1, prime)
            while len(u) >= len(v):
                factor = u[0] * inverse % prime
                head = [(x - factor * y) % prime for x, y in zip(u, v, strict=False)]
                u = (head + u[len(v) :])[1:]
            start = next((i for i, c in enumerate(u) if c), len(u))
            u, v = v, u[start:]
        if len(u) == 1:
            return True
    return False
