"""Calculators of overlapping savings and of the choice under a budget."""

from __future__ import annotations

from namsai.calculators.model import Calculator, Input, Output

_FUNCTIONS = "namsai.calculators.choice"
_STREAM = Input("stream_cost", "money", low=0)

ROWS = (
    Calculator(
        "overlap",
        "choice",
        f"{_FUNCTIONS}:overlap",
        (_STREAM, Input("options", shape="list", low=0, high=1, key="shares")),
        (Output("additive", "money"), Output("multiplicative", "money")),
        "joint saving = B (1 - prod(1 - s_i)); the plain sum B sum s_i is too high",
        "independent proportional reductions",
    ),
    Calculator(
        "overlap_marginal",
        "choice",
        f"{_FUNCTIONS}:overlap_marginal",
        (_STREAM, Input("order", shape="records")),
        (Output("marginal", "money", "list"), Output("total", "money", key="joint")),
        "B s_i prod_{j before i} (1 - s_j)",
        "independent proportional reductions",
    ),
    Calculator(
        "overlap_shapley",
        "choice",
        f"{_FUNCTIONS}:overlap_shapley",
        (_STREAM, Input("s", shape="list", low=0, high=1, key="shares")),
        (Output("shapley", "money", "list"), Output("total", "money", key="joint")),
        "B s_i integral_0^1 prod_{j != i} (1 - t s_j) dt",
        "Shapley 1953; Owen 1972",
    ),
    Calculator(
        "portfolio",
        "choice",
        f"{_FUNCTIONS}:portfolio",
        (
            Input("n", shape="integer", required=False, low=0, key="option_count"),
            Input("stream_pv_cost", "money", "list", low=0),
            Input("saving_fraction", shape="table", low=0, high=1),
            Input("capital", "money", "list", low=0),
            Input("om_pv", "money", "list"),
            Input("budget", "money", required=False, low=0),
            Input("exclusions", shape="pairs", required=False, default=(), low=0),
            Input("requires", shape="pairs", required=False, default=(), low=0),
            Input("must", shape="indices", required=False, default=(), low=0),
            Input("objective", shape="text", required=False),
        ),
        (
            Output("best_npv", "money"),
            Output("chosen", shape="list"),
            Output("spent", "money"),
            Output("bound", "money"),
            Output("gap"),
            Output("additive_model_choice", shape="list"),
            Output("additive_model_claims", "money"),
            Output("additive_choice_true_npv", "money"),
        ),
        "max sum_k a_k (1 - prod_i (1 - s_ik x_i)) + sum_i (om_i - capital_i) x_i; tangent cuts, bound = value",
        "Duran and Grossmann 1986 (outer approximation)",
    ),
)
