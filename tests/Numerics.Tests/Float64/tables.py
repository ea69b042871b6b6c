"""Writes tables.csv: what the functions of Float64 and StudentT give in high precision.

Arguments are doubles, written so that they read back exactly; each value is computed for that double to 40 digits.
Needs mpmath (1.3.0 made the file that is checked in):  python3 tables.py
"""

import csv
import pathlib

from mpmath import betainc, cos, exp, floor, log, log10, loggamma, mp, mpf, nstr, pi, power, sin, sqrt

mp.dps = 40
rows = []


def add(function, arguments, value):
    padded = [repr(float(a)) for a in arguments] + [""] * (3 - len(arguments))
    rows.append([function, *padded, nstr(value, 20, min_fixed=1, max_fixed=0)])


def t_cdf(t, nu):
    t, nu = mpf(t), mpf(nu)
    tail = betainc(nu / 2, mpf(1) / 2, 0, nu / (nu + t * t), regularized=True) / 2
    return tail if t < 0 else 1 - tail


def t_density(t, nu):
    return exp(loggamma((nu + 1) / 2) - loggamma(nu / 2) - (nu + 1) / 2 * log(1 + t * t / nu)) / sqrt(nu * mp.pi)


def t_quantile(p, nu):
    """Newton's method in double the digits, from a bracket found by doubling."""
    p, nu = mpf(p), mpf(nu)
    if p > 0.5:
        return -t_quantile(1 - p, nu)
    low, high = mpf(-1), mpf(0)
    while t_cdf(low, nu) > p:
        low, high = 2 * low, low
    for _ in range(30):
        middle = (low + high) / 2
        low, high = (low, middle) if t_cdf(middle, nu) > p else (middle, high)
    t = (low + high) / 2
    for _ in range(6):
        t -= (t_cdf(t, nu) - p) / t_density(t, nu)
    return t


def nearest_to_quarter_turns(exponent):
    """The m·2^exponent with m < 2^53 that lies nearest to a multiple of π/2, but 0: a convergent's denominator."""
    with mp.workdps(100):
        rest = mpf(2) ** (exponent + 1) / pi
        previous, denominator = 1, 0
        while True:
            whole = int(floor(rest))
            previous, denominator = denominator, whole * denominator + previous
            if denominator >= 2**53:
                return float(previous) * 2.0**exponent
            rest = 1 / (rest - whole)


for x in [-745, -740.5, -708.5, -300.25, -87.3, -20, -3.7, -1, -0.5, -0.35, -0.3, -1e-3, -1e-10, -1e-300,
          1e-300, 1e-17, 1e-8, 0.01, 0.34657, 0.34658, 0.5, 1, 2.5, 10, 33.3, 100, 512.125, 700, 709.78]:
    add("exp", [x], exp(mpf(x)))

for x in [5e-324, 1e-310, 2.2250738585072014e-308, 1e-100, 1e-9, 0.1, 0.5, 0.7071067811865475, 0.7071067811865476, 0.9, 0.999,
          0.9999999999999999, 1.0000000000000002, 1.0000001, 1.001, 1.1, 1.4142135623730949, 1.4142135623730951, 1.5, 2, 3, 10, 1234.5,
          1e10, 1e100, 1.7976931348623157e308]:
    add("log", [x], log(mpf(x)))

for x in [5e-324, 1e-300, 1e-10, 1e-3, 0.1, 0.25, 0.4999999999999999, 0.5, 0.7, 0.9, 0.999999, 0.9999999999999999, 1.0000000000000002, 1.000001,
          1.1, 1.3, 1.4616321449683622, 1.4999999999999998, 1.5, 1.7, 1.999999, 1.9999999999999998, 2.0000000000000004, 2.000001, 2.2, 2.5,
          2.5000000000000004, 3, 3.5, 4.75, 6, 8.5, 9.999999999999998, 10, 12.5, 30, 100.5, 1e4, 1e8, 1e15, 1e100, 1e300]:
    add("log_gamma", [x], loggamma(mpf(x)))

for a in [0.5, 1, 1.5, 2.5, 10, 47.5, 500]:
    for b in [0.5, 1, 3, 20, 333.25]:
        for x in [1e-10, 0.01, 0.2, 0.5, 0.75, 0.95, 0.999]:
            value = betainc(mpf(a), mpf(b), 0, mpf(x), regularized=True)
            if value > 1e-100:
                add("incomplete_beta", [a, b, x], value)

for nu in [1, 1.5, 2, 3, 4, 5, 7.25, 9, 19, 29, 100, 1234.5, 1e6]:
    for t in [-1e6, -1e3, -37.5, -12.7, -4.3, -2.776, -1.96, -1, -0.5, -0.1, -1e-3, -1e-9, 0, 1e-9, 0.25, 1, 2.5, 40]:
        value = t_cdf(t, nu)
        if value > 1e-100:
            add("t_cdf", [t, nu], value)
    for p in [1e-50, 1e-12, 1e-5, 0.001, 0.01, 0.025, 0.05, 0.1, 0.24, 0.26, 0.4, 0.499, 0.4999999999, 0.5000000001, 0.6, 0.9, 0.975, 0.999]:
        add("t_quantile", [p, nu], t_quantile(p, nu))

for x in [5e-324, 1e-310, 2.2250738585072014e-308, 1e-100, 1e-22, 1e-9, 1e-3, 0.1, 0.5, 0.7071067811865475, 0.7071067811865476, 0.9, 0.999,
          0.9999999999999999, 1.0000000000000002, 1.0000001, 1.001, 1.1, 1.4142135623730949, 1.4142135623730951, 1.5, 2, 3, 9.999999999999998, 10,
          1000, 1234.5, 1e10, 1e15, 1e22, 1e100, 1.7976931348623157e308]:
    add("log10", [x], log10(mpf(x)))

for x in [5e-324, 1e-310, 2.5e-200, 1e-9, 0.001, 0.1, 0.5, 0.7071067811865475, 0.9, 0.9999999999999999, 1.0000000000000002, 1.0000001, 1.25,
          1.4142135623730949, 1.4142135623730951, 2, 3, 7.5, 10, 1234.5, 1e10, 1e100, 1.7976931348623157e308]:
    for y in [-1e15, -123456.75, -1023, -300.5, -19, -3, -1, -0.5, -0.1, -1e-5, -1e-20, 1e-300, 1e-10, 0.001, 1 / 3, 0.5, 0.9999999999999999,
              1, 1.0000000000000002, 2, 2.5, 5, 17, 100.1, 308, 1e4, 4.5e15]:
        value = power(mpf(x), mpf(y))
        if mpf(2) ** -1022 <= value < mpf(2) ** 1024:
            add("pow", [x, y], value)
for x, y in [(-2, 3), (-2, -4), (-1.5, 101), (-0.3, 2), (2, 1023.9999999999999), (2, -1021.9999999999999), (0.5, 1021.5),
             (1.414213562373095, 2047.5), (1.414213562373095, -2043.9), (0.7071067811865476, 2043.3), (1.3, 2705), (0.8, -3180), (0.99, 70000)]:
    add("pow", [x, y], power(mpf(x), mpf(y)).real)

angles = [1e-300, 1e-9, 9.9e-9, 1e-8, 1e-5, 0.01, 0.3, 0.5, 0.785398163397448, 0.7853981633974483, 0.7853981633974484, 1, 1.5707963267948966, 2, 2.3,
          2.356194490192345, 3, 3.141592653589793, 3.5, 4, 4.71238898038469, 5.5, 6.283185307179586, 10, 22, 100.5, 355, 1234.5678, 1e5, 103993,
          1e6, 12345678.9, 1e9, 123456789012.345, 1e12, 1099511627776]
angles += [nearest_to_quarter_turns(exponent) for exponent in range(-52, -12)]
for x in sorted({*angles, *(-x for x in angles)}):
    add("sin", [x], sin(mpf(x)))
    add("cos", [x], cos(mpf(x)))

with open(pathlib.Path(__file__).with_name("tables.csv"), "w", newline="", encoding="utf-8") as file:
    writer = csv.writer(file, lineterminator="\n")
    writer.writerow(["function", "argument1", "argument2", "argument3", "value"])
    writer.writerows(rows)
