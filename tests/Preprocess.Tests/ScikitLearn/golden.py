#!/usr/bin/env python3
"""Writes what scikit-learn makes of three data sets: cases.csv beside files of little-endian float32, row by row.

Run where scikit-learn is, from any folder: python3 tests/Preprocess.Tests/ScikitLearn/golden.py
Computed in float64 from inputs in float32. Components get the sign that makes their largest entry positive.
"""

import csv
import gzip
from pathlib import Path

import numpy as np
from sklearn.decomposition import PCA
from sklearn.preprocessing import MinMaxScaler, StandardScaler

here = Path(__file__).resolve().parent
data = here.parents[2] / "experiments" / "data"


def digits():
    rows = np.loadtxt(gzip.open(data / "digits.csv.gz"), delimiter=",")[:120, :64]
    return rows, 100


def wine():
    rows = np.loadtxt(data / "wine_data.csv", delimiter=",", skiprows=1)[:, :13]
    order = np.random.RandomState(0).permutation(len(rows))
    return rows[order], 140


def near_constant():
    """Features of tiny deviation beside a large mean, one that is the sum of two others, one that is constant, bytes but for one row."""
    r = np.random.RandomState(1)
    n = 60
    a, b = r.normal(size=n), r.normal(size=n)
    x = np.stack([1000 + 1e-3 * a, -5 + 2 * b, a + b, a, np.full(n, 7.5), np.where(np.arange(n) == 3, 254, 255), 1e-4 * r.normal(size=n)], 1)
    return x, 40


def principal(train):
    pca = PCA(svd_solver="full").fit(train)
    vectors = pca.components_
    largest = np.abs(vectors).argmax(1)
    vectors = vectors * np.sign(vectors[np.arange(len(vectors)), largest])[:, None]
    return pca.mean_, vectors.T, pca.explained_variance_


def rotate(train, x):
    mean, vectors, _ = principal(train)
    return (x - mean) @ vectors


def whiten(train, x, epsilon):
    mean, vectors, variance = principal(train)
    return (x - mean) @ vectors / np.sqrt(variance + epsilon)


def zca(train, x, epsilon):
    mean, vectors, variance = principal(train)
    return (x - mean) @ vectors / np.sqrt(variance + epsilon) @ vectors.T


def share(train, x, part):
    count = PCA(n_components=part, svd_solver="full").fit(train).n_components_
    return rotate(train, x)[:, :count]


def standardize(train, x):
    return StandardScaler().fit(train).transform(x)


chains = {
    "center": lambda t, x: StandardScaler(with_std=False).fit(t).transform(x),
    "standardize": standardize,
    "scale_to_range(-1,1)": lambda t, x: MinMaxScaler((-1, 1)).fit(t).transform(x),
    "decorrelate": rotate,
    "pca(3)": lambda t, x: rotate(t, x)[:, :3],
    "pca(0.9)": lambda t, x: share(t, x, 0.9),
    "whiten_pca(0.1)": lambda t, x: whiten(t, x, 0.1),
    "whiten_pca": lambda t, x: whiten(t, x, 1e-5),
    "whiten_zca(0.1)": lambda t, x: zca(t, x, 0.1),
    "whiten_zca": lambda t, x: zca(t, x, 1e-5),
    "standardize+whiten_pca(0.01)": lambda t, x: whiten(standardize(t, t), standardize(t, x), 0.01),
    "scale_to_range(0,1)+center+whiten_zca(0.001)": lambda t, x: zca(*[MinMaxScaler().fit(t).transform(y) for y in (t, x)], 0.001),
}


def main():
    with open(here / "cases.csv", "w", newline="") as file:
        table = csv.writer(file, lineterminator="\n")
        table.writerow(["data", "chain", "training", "rows", "features", "outputs", "rank", "file"])
        for make in (digits, wine, near_constant):
            rows, training = make()
            rows = rows.astype("<f4")
            rows.tofile(here / f"{make.__name__}.f32")
            exact = rows.astype(np.float64)
            for i, (chain, transform) in enumerate(chains.items()):
                # Beyond the rank, directions are any of those without variance: only training rows have a defined value there, 0.
                before = standardize(exact[:training], exact[:training]) if chain.startswith("standardize+") else exact[:training]
                variance = principal(before)[2]
                rank = int((variance > variance[0] * max(before.shape) * 2.0**-52 * 100).sum())
                y = transform(exact[:training], exact)
                name = f"{make.__name__}-{i}.f32"
                y.astype("<f4").tofile(here / name)
                table.writerow([make.__name__, chain, training, len(rows), rows.shape[1], y.shape[1], rank, name])


main()
