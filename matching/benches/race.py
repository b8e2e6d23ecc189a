#!/usr/bin/env python3
"""Compares this crate with OR-Tools' min-cost flow and SciPy's assignment, in one run.

    pip install ortools scipy
    cargo build --release -p matching --examples
    python3 matching/benches/race.py [--people 10000 100000] [--family sparse scarce equal]

The example `make` generates the instances. The solvers run a few times in turn, and the medians are printed in
milliseconds of the thread's CPU time. For this crate they cover solving and verifying, measured by the example `clock`.
For the others they cover the call that solves, without building the graph or checking the result. For SciPy it is the
sparse assignment, and on full matrices `linear_sum_assignment` if that is faster. The numbers of matches and the costs
are compared.
"""

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path


def arguments():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--family", nargs="+", default=["sparse", "scarce", "equal", "dense", "assignment"])
    parser.add_argument("--people", nargs="+", type=int, default=[1000, 10000, 100000],
                        help="numbers of people (dense always has 2000, assignment 200 to 1600)")
    parser.add_argument("--runs", type=int, default=3, help="runs of each solver (default: %(default)s)")
    parser.add_argument("--scipy-up-to", type=int, default=10000, metavar="PEOPLE",
                        help="largest instance for SciPy, which is slow (default: %(default)s)")
    target = Path(os.environ.get("CARGO_TARGET_DIR", Path(__file__).parents[2] / "target"))
    parser.add_argument("--bin", type=Path, default=target / "release" / "examples",
                        help="where `make` and `clock` are (default: %(default)s)")
    return parser.parse_args()


def read(path):
    """Reads the crate's format: number of mentees, places of each mentor, and the pairs as columns."""
    import numpy

    mentees, places, pairs = 0, [], []
    with open(path, encoding="ascii") as lines:
        for line in lines:
            kind, *numbers = line.split()
            if kind == "p":
                mentees = int(numbers[1])
            elif kind == "c":
                places.append(int(numbers[1]))
            elif kind == "a":
                pairs.append([int(number) for number in numbers])
    mentee, mentor, score = numpy.array(pairs, dtype=numpy.int64).T
    return mentees, numpy.array(places, dtype=numpy.int64), mentee, mentor, (1000 - score) ** 2


LOAD = 2500


def seats(places):
    """The mentor and the cost of each seat."""
    import numpy

    mentor = numpy.repeat(numpy.arange(len(places)), places)
    taken = numpy.concatenate([numpy.arange(count) for count in places])
    return mentor, LOAD * taken


def or_tools(instance):
    """Number of matches, cost, milliseconds."""
    import numpy
    from ortools.graph.python import min_cost_flow

    mentees, places, mentee, mentor, cost = instance
    flow = min_cost_flow.SimpleMinCostFlow()
    owner, load = seats(places)
    sink = mentees + len(places)
    pairs = flow.add_arcs_with_capacity_and_unit_cost(
        mentee, mentees + mentor, numpy.ones(len(mentee), dtype=numpy.int64), cost)
    ends = flow.add_arcs_with_capacity_and_unit_cost(
        mentees + owner, numpy.full(len(owner), sink), numpy.ones(len(owner), dtype=numpy.int64), load)
    supply = numpy.zeros(sink + 1, dtype=numpy.int64)
    supply[:mentees] = 1
    supply[sink] = -mentees
    flow.set_nodes_supplies(numpy.arange(sink + 1), supply)
    start = time.thread_time()
    status = flow.solve_max_flow_with_min_cost()
    elapsed = (time.thread_time() - start) * 1e3
    assert status == flow.OPTIMAL, status
    flows = flow.flows(pairs)
    return int(flows.sum()), int((flows * cost).sum() + (flow.flows(ends) * load).sum()), elapsed


def scipy(instance):
    """Number of matches, cost, milliseconds. Each mentee has its own column for staying unmatched."""
    import numpy
    from scipy.sparse import coo_array
    from scipy.sparse.csgraph import min_weight_full_bipartite_matching

    mentees, places, mentee, mentor, cost = instance
    owner, load = seats(places)
    starts = numpy.concatenate([[0], numpy.cumsum(places)])
    times = places[mentor]
    row = numpy.repeat(mentee, times)
    first = numpy.repeat(starts[mentor], times)
    column = first + numpy.arange(len(row)) - numpy.repeat(numpy.cumsum(times) - times, times)
    # 1 is added because the sparse matrix drops explicit zeros.
    weight = numpy.repeat(cost, times) + load[column] + 1
    unmatched = 2_000_000_000
    row = numpy.concatenate([row, numpy.arange(mentees)])
    column = numpy.concatenate([column, len(owner) + numpy.arange(mentees)])
    weight = numpy.concatenate([weight, numpy.full(mentees, unmatched)]).astype(float)
    matrix = coo_array((weight, (row, column)), shape=(mentees, len(owner) + mentees)).tocsr()
    start = time.thread_time()
    rows, columns = min_weight_full_bipartite_matching(matrix)
    elapsed = (time.thread_time() - start) * 1e3
    matched = int((columns < len(owner)).sum())
    total = int(matrix[rows, columns].sum()) - unmatched * (mentees - matched) - matched
    return matched, total, elapsed


def scipy_full(instance):
    """Number of matches, cost, milliseconds on a full matrix."""
    import numpy
    from scipy.optimize import linear_sum_assignment

    mentees, places, mentee, mentor, cost = instance
    matrix = numpy.empty((mentees, len(places)))
    matrix[mentee, mentor] = cost
    start = time.thread_time()
    rows, columns = linear_sum_assignment(matrix)
    elapsed = (time.thread_time() - start) * 1e3
    return len(rows), int(matrix[rows, columns].sum()), elapsed


def best_of_scipy(instance, is_full):
    """Number of matches, cost, milliseconds of the faster method."""
    results = [scipy(instance)] + ([scipy_full(instance)] if is_full else [])
    assert len({(matched, cost) for matched, cost, _ in results}) == 1, results
    return min(results, key=lambda result: result[2])


def ours(options, path):
    """Number of matches, cost, and the median milliseconds for solving and verifying."""
    printed = subprocess.run([options.bin / "clock", path, "3"], check=True, capture_output=True).stdout
    result = json.loads(printed)
    return result["matched"], result["cost"], result["solve_ms"] + result["verify_ms"]


def main():
    options = arguments()
    try:
        import ortools, scipy as _  # noqa: E401, F401
    except ImportError as missing:
        sys.exit(f"{missing}: pip install ortools scipy")
    print("| family | people | pairs | ours | OR-Tools | ratio | scipy | ratio |")
    print("|---|---|---|---|---|---|---|---|")
    for family in options.family:
        for people in {"dense": [2000], "assignment": [200, 400, 800, 1600]}.get(family, options.people):
            with tempfile.NamedTemporaryFile(suffix=".txt") as file:
                subprocess.run([options.bin / "make", family, str(people)], check=True, stdout=file)
                instance = read(file.name)
                solvers = {"ours": lambda: ours(options, file.name), "OR-Tools": lambda: or_tools(instance)}
                if people <= options.scipy_up_to:
                    is_full = family in ("dense", "assignment")
                    solvers["scipy"] = lambda: best_of_scipy(instance, is_full)
                times = {name: [] for name in solvers}
                results = {}
                for _ in range(options.runs):
                    for name, solver in solvers.items():
                        matched, cost, elapsed = solver()
                        times[name].append(elapsed)
                        results[name] = (matched, cost)
                assert len(set(results.values())) == 1, f"{family} {people}: {results}"
                medians = {name: statistics.median(taken) for name, taken in times.items()}
                line = f"| {family} | {people} | {len(instance[2])} | {medians['ours']:.2f} "
                for name in ["OR-Tools", "scipy"]:
                    if name in medians:
                        line += f"| {medians[name]:.1f} | {medians[name] / medians['ours']:.1f} "
                    else:
                        line += "| – | – "
                print(line + "|", flush=True)


if __name__ == "__main__":
    main()
