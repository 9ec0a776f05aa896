"""The general solver: linear and mixed-integer programs over the identities, by HiGHS.

For what the search does not reach: more than four cells, missing cells that can only be met by bounds, invalid values,
identities that are no network. Nothing that it returns is taken on trust: every answer is checked in whole numbers.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

SECONDS = 5.0  # for one problem
ALTERNATIVES = 200


@dataclass(frozen=True, slots=True)
class Corrections:
    """The lightest sets of cells with their new values; ``fixed`` tells whether the values are the only ones.

    ``proved``: no lighter set exists; ``all_listed``: no other set of this size exists.
    """

    sets: list[tuple[tuple[int, ...], tuple[int, ...], bool]] = field(default_factory=list)
    proved: bool = False
    all_listed: bool = False


class Rules:
    """Equations ``net @ values = wanted`` over values of at least ``floor``, some of them free and the others given."""

    def __init__(
        self,
        net: np.ndarray,
        given: np.ndarray,
        free: np.ndarray,
        floor: np.ndarray,
        wanted: np.ndarray | float = 0.0,
    ):
        self.columns = np.flatnonzero(free)
        self.net = net[:, self.columns]
        self.floor = floor[self.columns]
        self.wanted = wanted - net[:, ~free] @ given[~free]
        self._solver = None

    def bounds(self, cell: int) -> tuple[int, int | None] | None:
        """Least and greatest value of a free cell (None: without limit); None where no values fit at all."""
        place = int(np.searchsorted(self.columns, cell))
        least = self._best(place, 1.0)
        if least is None:
            return None
        greatest = self._best(place, -1.0)
        # the optimum is a whole number for a network; for other identities the nearest within the bounds
        most = None if greatest == -np.inf else int(np.floor(-greatest + 1e-6))
        return int(np.ceil(max(least, -(2.0**62)) - 1e-6)), most

    def fits(self) -> bool:
        """Whether some values of the free cells obey the equations."""
        return self._best(0, 0.0) is not None if len(self.columns) else not self.wanted.any()

    def needed(self, cell: int) -> np.ndarray:
        """Whether each equation is used in the proof of the least or of the greatest value of a cell."""
        used = np.zeros(len(self.net), bool)
        for sign in (1.0, -1.0):
            self._best(int(np.searchsorted(self.columns, cell)), sign)
            used |= np.abs(np.array(self._solver.getSolution().row_dual)) > 1e-7
        return used

    def narrowed(self, low: np.ndarray, high: np.ndarray) -> bool:
        """Narrow bounds of all cells to what is possible, in place; False where no values fit.

        Every optimum shows values that are possible for all cells at once, so few programs are needed.
        """
        place = self.columns
        shown_low, shown_high = np.full(len(place), np.inf), np.full(len(place), -np.inf)
        for number, cell in enumerate(place):
            for sign in (1.0, -1.0):
                if (shown_low[number] <= low[cell]) if sign > 0 else (shown_high[number] >= high[cell]):
                    continue
                best = self._best(number, sign)
                if best is None:
                    return False
                if best == -np.inf:
                    continue  # without limit
                values = np.rint(self._solver.getSolution().col_value)
                shown_low, shown_high = np.minimum(shown_low, values), np.maximum(shown_high, values)
                if sign > 0:
                    low[cell] = max(low[cell], np.ceil(best - 1e-6))
                else:
                    high[cell] = min(high[cell], np.floor(-best + 1e-6))
        return True

    def _best(self, place: int, sign: float) -> float | None:
        import highspy

        if self._solver is None:
            size = len(self.columns)
            top = np.full(size, np.inf)
            self._solver = _solver(np.zeros(size), self.floor, top, self.net, self.wanted, self.wanted)
        self._solver.changeColCost(place, sign)
        self._solver.run()
        status = self._solver.getModelStatus()
        value = self._solver.getInfo().objective_function_value
        self._solver.changeColCost(place, 0.0)
        if status == highspy.HighsModelStatus.kOptimal:
            return value
        open_ended = (highspy.HighsModelStatus.kUnbounded, highspy.HighsModelStatus.kUnboundedOrInfeasible)
        if status in open_ended and (sign < 0 or np.isinf(self.floor[place])):
            return -np.inf
        return None


def lightest(
    net: np.ndarray,
    values: np.ndarray,
    known: np.ndarray,
    forced: np.ndarray,
    floor: np.ndarray,
    wanted: np.ndarray | float = 0.0,
    alternatives: int = ALTERNATIVES,
    is_network: bool = False,
) -> Corrections:
    """All smallest sets of known cells whose change to whole numbers >= ``floor`` lets ``net @ values = wanted`` hold.

    ``forced`` cells must change (their value is invalid, whatever ``values`` says); missing cells cost nothing.
    """
    import highspy

    given = np.where(known & ~forced, values, 0.0)
    gap = net @ given - wanted
    # in a network a correction without needless circles moves no cell by more than all identities lack together
    # and at least 1, as it is divided by
    reach = max(1.0, float(np.abs(gap).sum() + (0 if is_network else np.abs(given).sum() + 1)))
    costly, free = np.flatnonzero(known & ~forced), np.flatnonzero(~known | forced)
    falls = given[costly] > floor[costly]
    fall = costly[falls]
    # columns: free cells, rises, falls (by what is there at most), and a flag for each cell that changes
    sides = [net[:, free], net[:, costly], -net[:, fall], np.zeros((len(net), len(costly)))]
    eye = np.eye(len(costly))
    room = np.minimum(reach, given[fall] - floor[fall])
    moved = [np.zeros((len(costly), len(free))), eye, eye[:, falls] * (reach / room), -eye * reach]
    broken = net[(gap != 0) & ~(net[:, free] != 0).any(axis=1)]  # one cell of each must change
    touched = [np.zeros((len(broken), len(free) + len(costly) + len(fall))), (broken[:, costly] != 0).astype(float)]
    matrix = np.vstack([np.hstack(sides), np.hstack(moved), np.hstack(touched)])
    lower = np.concatenate([-gap, np.full(len(costly), -np.inf), np.ones(len(broken))])
    upper = np.concatenate([-gap, np.zeros(len(costly)), np.full(len(broken), np.inf)])
    bottom = np.concatenate([floor[free], np.zeros(2 * len(costly) + len(fall))])
    top = np.concatenate([np.full(len(free), np.inf), np.full(len(costly), reach), room, np.ones(len(costly))])
    count = len(free) + len(costly) + len(fall)
    cost = np.concatenate([np.zeros(count), np.ones(len(costly))])
    solver = _solver(cost, bottom, top, matrix, lower, upper, whole=np.arange(count, count + len(costly)))
    always = tuple(np.flatnonzero(forced).tolist())
    found = Corrections()
    best = None
    while len(found.sets) < alternatives:
        solver.run()
        status = solver.getModelStatus()
        if status == highspy.HighsModelStatus.kInfeasible:
            return Corrections(found.sets, found.proved, True)
        if status != highspy.HighsModelStatus.kOptimal:
            return found
        chosen = np.flatnonzero(np.array(solver.getSolution().col_value)[count:] > 0.5)
        if best is not None and len(chosen) > best:
            return Corrections(found.sets, True, True)
        if best is None:  # from now on only sets of this size matter
            everything = np.arange(count, count + len(costly), dtype=np.int32)
            solver.addRow(float(len(chosen)), float(len(chosen)), len(costly), everything, np.ones(len(costly)))
        best = len(chosen)
        cells = tuple(sorted((*always, *costly[chosen].tolist())))
        settled = _settled(net, given, known, cells, floor, wanted)
        if settled is None:  # the solver's tolerance let it through: its answer proves nothing
            return Corrections(found.sets, False, False)
        found = Corrections([*found.sets, (cells, *settled)], True, False)
        if not len(chosen):
            return Corrections(found.sets, True, True)
        picks = (count + chosen).astype(np.int32)
        solver.addRow(-np.inf, float(best - 1), len(picks), picks, np.ones(len(picks)))
    return found


def _settled(
    net: np.ndarray,
    values: np.ndarray,
    known: np.ndarray,
    cells: tuple[int, ...],
    floor: np.ndarray,
    wanted: np.ndarray | float,
) -> tuple[tuple[int, ...], bool] | None:
    """New whole values of ``cells`` nearest to the old ones, and whether they are the only ones; None if none fit."""
    free = ~known
    free[list(cells)] = True
    rules = Rules(net, values, free, floor, wanted)
    if not rules.fits():
        return None
    chosen: list[int] = []
    fixed = True
    given = values.astype(float).copy()
    for cell in cells:
        limits = Rules(net, given, free, floor, wanted).bounds(cell)
        if limits is None:
            return None
        least, greatest = limits
        fixed &= least == greatest
        value = max(least, round(values[cell])) if greatest is None else min(max(least, round(values[cell])), greatest)
        chosen.append(int(value))
        free[cell], given[cell] = False, value
    return (tuple(chosen), fixed) if Rules(net, given, free, floor, wanted).fits() else None


def _solver(cost, bottom, top, matrix, lower, upper, whole=()):
    import highspy

    model = highspy.HighsLp()
    model.num_col_, model.num_row_ = matrix.shape[1], matrix.shape[0]
    model.col_cost_, model.col_lower_, model.col_upper_ = cost, bottom, top
    model.row_lower_, model.row_upper_ = lower, upper
    row, column = np.nonzero(matrix)
    model.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
    model.a_matrix_.start_ = np.searchsorted(row, np.arange(len(matrix) + 1)).astype(np.int32)
    model.a_matrix_.index_, model.a_matrix_.value_ = column.astype(np.int32), matrix[row, column]
    if len(whole):
        kinds = [highspy.HighsVarType.kContinuous] * len(cost)
        for place in whole:
            kinds[place] = highspy.HighsVarType.kInteger
        model.integrality_ = kinds
    solver = highspy.Highs()
    solver.silent()
    solver.setOptionValue("time_limit", SECONDS)
    solver.setOptionValue("threads", 1)
    solver.setOptionValue("random_seed", 1)
    solver.setOptionValue("mip_feasibility_tolerance", 1e-9)
    solver.setOptionValue("primal_feasibility_tolerance", 1e-9)
    solver.setOptionValue("mip_rel_gap", 0.0)
    solver.passModel(model)
    return solver
