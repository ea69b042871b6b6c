#!/usr/bin/env python3
"""Writes t_tests.csv, quantiles.csv and holm.csv: what SciPy makes of small samples, and Holm's adjustment by its definition.

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
