"""Plain CP-SAT on one instance, run in its own environment by ``tearline_solver.py``.

Every candidate has a variable "knows all that is said", true only if it knows the chosen version of
every claim; those for whom it holds must have at least a mass of ``least`` together.
"""

from __future__ import annotations

import json
import sys
import time

import numpy as np
from ortools.sat.python import cp_model


def main() -> None:
    given = np.load(sys.argv[1])
    knows, values = given["knows"], given["values"]
    claims, versions, candidates = knows.shape
    began = time.perf_counter()
    model = cp_model.CpModel()
    said = [[model.new_bool_var("") for _ in range(versions)] for _ in range(claims)]
    for options in said:
        model.add_exactly_one(options)
    fits = [model.new_bool_var("") for _ in range(candidates)]
    for claim in range(claims):
        for version in range(versions):
            for candidate in np.flatnonzero(~knows[claim, version]):
                model.add_implication(fits[candidate], said[claim][version].Not())
    weighted = cp_model.LinearExpr.weighted_sum(fits, [int(mass) for mass in given["mass"]])
    model.add(weighted >= int(given["least"]))
    model.maximize(sum(int(values[c, v]) * said[c][v] for c in range(claims) for v in range(versions)))
    solver = cp_model.CpSolver()
    solver.parameters.max_time_in_seconds = float(given["seconds"])
    solver.parameters.num_workers = 2
    status = solver.solve(model)
    found = status in (cp_model.OPTIMAL, cp_model.FEASIBLE)
    answer = {
        "status": solver.status_name(status),
        "value": solver.objective_value / 1e6 if found else 0.0,
        "bound": solver.best_objective_bound / 1e6,
        "seconds": time.perf_counter() - began,
    }
    print(json.dumps(answer))


main()
