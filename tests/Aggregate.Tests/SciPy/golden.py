#!/usr/bin/env python3
"""Writes the .csv files beside it: what SciPy makes of small samples, and by their definitions Holm's adjustment and crossed variances.

Run where SciPy is, from any folder: python3 tests/Aggregate.Tests/SciPy/golden.py
Lists within a field are separated by spaces; numbers are in shortest round-trip form.
"""

from pathlib import Path

import numpy as np
from scipy import stats

here = Path(__file__).resolve().parent


def write(name, header, rows):
    lines = [header] + [",".join(" ".join(repr(float(x)) for x in np.atleast_1d(field)) for field in row) for row in rows]
    (here / name).write_text("\n".join(lines) + "\n")


def holm(values):
    """The smallest level at which Holm's procedure rejects each hypothesis: the running maximum of (m - k) p over ascending p."""
    m = len(values)
    order = sorted(range(m), key=lambda i: values[i])
    return [min(1, max((m - j) * values[order[j]] for j in range(order.index(i) + 1))) for i in range(m)]


random = np.random.default_rng(1)
samples = [random.normal(shift, 1, n) for n in (2, 3, 5, 10, 30) for shift in (-3, -0.3, 0, 1)]
samples += [1 + 1e-6 * random.normal(0, 1, 5), 1e-30 * random.normal(1, 1, 5), 1e5 + random.normal(0, 1e3, 8)]
write(
    "t_tests.csv",
    "values,greater,less",
    [(s, stats.ttest_1samp(s, 0, alternative="greater").pvalue, stats.ttest_1samp(s, 0, alternative="less").pvalue) for s in samples],
)
write("quantiles.csv", "degrees_of_freedom,quantile", [(n, stats.t.ppf(0.975, n)) for n in (1, 2, 3, 4, 5, 7, 9, 14, 19, 29, 99)])
families = [[0.03], [0.01, 0.04, 0.03, 0.005], [0.5, 0.5, 0.5], [0, 1, 0.5], list(random.uniform(0, 0.1, 12)), list(random.uniform(0, 1, 7))]
write("holm.csv", "values,adjusted", [(f, holm(f)) for f in families])


def crossed(sizes, left, right):
    """SE² by an analysis of variance of left - right: seeds x rows, rows within classes, those of one row together; its parts, their df."""
    d = left.astype(float) - right
    seeds, rows = d.shape
    classes = np.repeat(np.arange(len(sizes)), sizes)
    classes = np.array([c if sizes[c] > 1 else -1 for c in classes])
    freedom = rows - len(set(classes))
    of_rows = of_interaction = 0.0
    for c in set(classes):
        block = d[:, classes == c]
        by_row = block.mean(axis=0)
        of_rows += seeds * ((by_row - by_row.mean()) ** 2).sum()
        of_interaction += ((block - by_row - block.mean(axis=1, keepdims=True) + block.mean()) ** 2).sum()
    ms_seed = rows * d.mean(axis=1).var(ddof=1)
    ms_row = of_rows / freedom
    ms_interaction = of_interaction / freedom / (seeds - 1)
    only_rows = max(0, ms_row - ms_interaction)
    return max(ms_seed, ms_interaction) / seeds / rows, seeds - 1, only_rows / seeds / rows, freedom if only_rows else 0, d.mean()


def mixture(t, of_seeds, seed_freedom, of_rows, row_freedom):
    """The probability of a mean/SE of at least t: the parts' by Student's t, by their shares of SE²."""
    return (of_seeds * stats.t.sf(t, seed_freedom) + (of_rows * stats.t.sf(t, row_freedom) if of_rows else 0)) / (of_seeds + of_rows)


random = np.random.default_rng(2)
rows = []
for seeds, sizes, luck in ((3, [5, 4, 6], 0.3), (5, [8, 1, 7, 1], 0), (10, [20, 21], 0.1), (4, [12], 0.8), (3, [1, 1, 1, 1, 9], 0), (20, [9, 9, 9], 0.2)):
    eases = random.uniform(0.2, 1, (2, sum(sizes)))
    left, right = (random.uniform(size=(seeds, 1)) * luck + random.uniform(size=(seeds, len(ease))) < ease for ease in eases)
    parts = crossed(sizes, left, right)
    error = np.sqrt(parts[0] + parts[2])
    for threshold in (0, 0.05, -0.2):
        t = (parts[4] - threshold) / error
        rows.append((sizes, left.ravel(), right.ravel(), threshold, parts, mixture(t, *parts[:4]), mixture(-t, *parts[:4])))
write("crossed.csv", "sizes,left,right,threshold,seed_part and df row_part and df mean,greater,less", rows)
write(
    "signs.csv",
    "above,below,greater,less",
    [
        (a, b, *(stats.binomtest(k, a + b, 0.5, alternative="greater").pvalue if a + b else 1 for k in (a, b)))
        for a, b in ((0, 0), (1, 0), (3, 0), (0, 6), (6, 0), (5, 1), (12, 8), (2, 17), (20, 20), (60, 35))
    ],
)
write(
    "binomial.csv",
    "hits,rows,side,low,high",
    [
        (hits, n, side, *stats.binomtest(hits, n).proportion_ci(1 - 2 * side, method="exact"))
        for hits, n in ((0, 1), (1, 1), (0, 90), (90, 90), (45, 90), (1, 90), (89, 90), (171, 180), (324, 360), (3, 7))
        for side in (0.025, 0.0025)
    ],
)
