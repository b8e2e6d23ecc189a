#!/usr/bin/env python3
"""Solves an exported round with SciPy, and compares the number of matches and the cost with `guildhall match`.

    pip install scipy
    guildhall match export ROUND --data FOLDER > round.txt
    python3 matching/benches/check.py round.txt --bin target/debug/guildhall

SciPy's solver shares no code with this crate. Without bans, pins and kept pairs, both optimise the same: the number of
matched mentees, then the number of those with priority (class 0), then the cost. Exit code 1 says that they differ.
"""

import argparse
import json
import subprocess
import sys
from pathlib import Path

# The largest integer up to which floating-point numbers are exact.
MAX_EXACT = 2**53


def read(path):
    """The mentees' classes, the mentors' places, the pairs with their cost, and the load."""
    classes, places, pairs, options = [], [], {}, {}
    for line in Path(path).read_text(encoding="ascii").splitlines():
        kind, *words = line.split() or ["#"]
        if kind == "p":
            classes, places = [1] * int(words[1]), [0] * int(words[2])
        elif kind == "o":
            options[words[0]] = words[1]
        elif kind == "n":
            classes[int(words[0])] = int(words[1])
        elif kind == "c":
            places[int(words[0])] = int(words[1])
        elif kind == "a":
            pairs[int(words[0]), int(words[1])] = (1000 - int(words[2])) ** 2
        elif kind == "x":
            pairs.pop((int(words[0]), int(words[1])), None)
        elif kind == "f":
            sys.exit("This round has pinned pairs, which this check does not know.")
    if options.get("order", "cost") != "cost":
        sys.exit("This round keeps earlier pairs first, which this check does not know.")
    return classes, places, pairs, int(options.get("load", 2500))


def solve(classes, places, pairs, load):
    """The number of matches, of matches with priority, and the cost."""
    import numpy
    from scipy.sparse import coo_array
    from scipy.sparse.csgraph import min_weight_full_bipartite_matching

    seats = [(mentor, number) for mentor, count in enumerate(places) for number in range(count)]
    first = {mentor: at for at, (mentor, number) in enumerate(seats) if number == 0}
    # Costs of a lower level never add up to one of a higher level.
    priority = len(classes) * (1_000_000 + load * max(places, default=0) + 1)
    unmatched = priority * (len(classes) + 1)
    if unmatched * (len(classes) + 1) > MAX_EXACT:
        sys.exit("This round is too large for this check.")
    rows, columns, weights = [], [], []
    for (mentee, mentor), cost in pairs.items():
        for number in range(places[mentor]):
            rows.append(mentee)
            columns.append(first[mentor] + number)
            # 1 is added because the sparse matrix drops explicit zeros.
            weights.append(cost + load * number + 1)
    for mentee, of_class in enumerate(classes):
        rows.append(mentee)
        columns.append(len(seats) + mentee)
        weights.append(unmatched + (priority if of_class == 0 else 0))
    shape = (len(classes), len(seats) + len(classes))
    matrix = coo_array((numpy.array(weights, dtype=float), (rows, columns)), shape=shape).tocsr()
    found, chosen = min_weight_full_bipartite_matching(matrix)
    matched = [(mentee, seat) for mentee, seat in zip(found, chosen) if seat < len(seats)]
    cost = sum(int(matrix[mentee, seat]) - 1 for mentee, seat in matched)
    return len(matched), sum(classes[mentee] == 0 for mentee, _ in matched), cost


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("file", help="an exported round")
    parser.add_argument("--bin", default="guildhall", help="the program (default: %(default)s)")
    options = parser.parse_args()
    printed = subprocess.run([options.bin, "match", options.file], check=True, capture_output=True).stdout
    ours = json.loads(printed)
    ours = ours["matched"], ours["matched_class0"], ours["cost"]
    theirs = solve(*read(options.file))
    print(f"guildhall: {ours[0]} matched, {ours[1]} of them with priority, cost {ours[2]}")
    print(f"SciPy:     {theirs[0]} matched, {theirs[1]} of them with priority, cost {theirs[2]}")
    sys.exit(0 if ours == theirs else 1)


if __name__ == "__main__":
    main()
