"""The peer of the benchmark of preprocessing: scikit-learn, on one thread.

usage: preprocessing_peer.py --version                        prints scikit-learn's version
       preprocessing_peer.py <chain> <folder> <training>      prepares the folder's data, fitted on that many rows

The folder holds raw.data, which ends with the pixels of all images, a byte each, and order.i32: the rows, those of the training split first.
The script maps the pixels, fits and transforms them, writes prepared.npy and prints "seconds=… mean_square=…": the time from
mapping to the end of writing, and the mean square of what the rows after the training split became. Then it waits for its
input to end, so that its memory can be looked at.

What is chosen here is what was fastest in scikit-learn 1.2: float32 from the start (float64 takes
the decomposition twice as long), scaled in place.
"""

import sys
import time
from pathlib import Path

try:
    import numpy
    import sklearn
    from sklearn.decomposition import PCA
    from sklearn.preprocessing import StandardScaler
except ImportError as error:
    sys.exit(f"{sys.executable} has no module {error.name}")

CHAINS = {
    "standardize": lambda: StandardScaler(copy=False),
    "whiten_pca": lambda: PCA(whiten=True, svd_solver="full"),
    "whiten_pca_of_covariance": lambda: PCA(whiten=True, svd_solver="covariance_eigh"),
}
FEATURES = 28 * 28


def main(chain, folder, training):
    start = time.perf_counter()
    order = numpy.fromfile(folder / "order.i32", dtype="<i4")
    raw = folder / "raw.data"
    first = raw.stat().st_size - len(order) * FEATURES
    pixels = numpy.memmap(raw, numpy.uint8, "r", first, (len(order), FEATURES))
    rows = pixels[order].astype(numpy.float32)
    prepared = CHAINS[chain]().fit(rows[:training]).transform(rows)
    numpy.save(folder / "prepared.npy", prepared)
    seconds = time.perf_counter() - start

    mean_square = sum(float(row @ row) for row in prepared[training:]) / prepared[training:].size
    print(f"seconds={seconds!r} mean_square={mean_square!r}", flush=True)
    sys.stdin.read()


if __name__ == "__main__":
    if sys.argv[1:] == ["--version"]:
        print(sklearn.__version__)
    else:
        main(sys.argv[1], Path(sys.argv[2]), int(sys.argv[3]))
