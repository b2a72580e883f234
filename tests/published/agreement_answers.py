"""Statistics of agreement, and where their answers are printed."""

from collections.abc import Sequence
from functools import partial

import numpy as np

from fidelity.agreement import (
    Figure,
    Level,
    Ratings,
    cohens_kappa,
    exact,
    fleiss_kappa,
    icc,
    krippendorff_alpha,
    mean_difference,
    weighted_kappa,
)
from fidelity.agreement.f_distribution import f_quantile, t_quantile
from fidelity.agreement.kappa import kappa_of_table
from fidelity.agreement.pairs import wilson
from tests.published import agreement_tables as scores
from tests.published.answer import Answer


def _icc(table: Sequence[Sequence[float]], which: str, part: str = "value") -> float:
    found = getattr(getattr(icc(Ratings.from_rows(table)), which), part)
    assert isinstance(found, float)
    return found


def _alpha(observers: list[str], level: Level) -> float:
    found = krippendorff_alpha(Ratings.from_rows(scores.by_unit(observers)), level).value
    assert found is not None
    return found


def _kappa_of_diagnosis(number: int) -> float:
    found = fleiss_kappa(
        Ratings.from_rows([[each == number for each in patient] for patient in scores.FLEISS])
    ).value
    assert found is not None
    return found


def _of_table(weights: object) -> float:
    return kappa_of_table(scores.COHEN, np.asarray(weights, dtype=float))


def _bias(part: str) -> float:
    apart = [float(one - other) for one, other in zip(scores.LARGE, scores.MINI, strict=True)]
    found = getattr(mean_difference(apart), part)
    assert isinstance(found, float)
    return found


def _fleiss() -> Ratings:
    return Ratings.from_rows(scores.FLEISS)


def _anxiety() -> Ratings:
    return Ratings.from_rows(scores.ANXIETY)


def _value(figure: Figure) -> float:
    assert figure.value is not None
    return figure.value


SF = "Shrout and Fleiss 1979, table 2"
SF_LIMITS = "the same table; R's psych::ICC"
MW = "McGraw and Wong 1996, table 6; R's DescTools::ICC"
K = "Krippendorff 2011, section "
C = "Cohen 1968"
F = "Fleiss 1971, table 1"
FJ = "the same table; R's irr::kappam.fleiss"
BA = "Bland and Altman 1986"
NIST = "NIST/SEMATECH e-Handbook "
N98 = "Newcombe 1998, table I"
IRR = "R's irr::kappa2, anxiety, raters 2 and 3"
SIX = {
    "one_way": "ICC(1)",
    "two_way": "ICC(2,1)",
    "fixed": "ICC(3,1)",
    "one_way_mean": "ICC(1,k)",
    "two_way_mean": "ICC(2,k)",
    "fixed_mean": "ICC(3,k)",
}
SF_VALUES = [".17", ".29", ".71", ".44", ".62", ".91"]
SF_LOW = ["-0.133", "0.019", "0.342", "-0.884", "0.071", "0.676"]
MW_VALUES = ["0.722", "0.720", "0.714", "0.838", "0.837", "0.833"]
MW_LOW = ["0.241", "0.228", "0.197", "0.389", "0.371", "0.329"]
MW_HIGH = ["0.922", "0.922", "0.920", "0.959", "0.959", "0.959"]
DIAGNOSES = ["0.245", "0.245", "0.520", "0.471", "0.566"]


def _six(
    source: str, table: Sequence[Sequence[float]], part: str, printed: list[str]
) -> list[Answer]:
    of = {"value": "", "low": ", lower limit", "high": ", upper limit"}[part]
    return [
        Answer(f"{name}{of}", source, number, partial(_icc, table, which, part))
        for (which, name), number in zip(SIX.items(), printed, strict=True)
    ]


ANSWERS = [
    Answer(
        "exact agreement, mean of pairs",
        F,
        "0.556",
        lambda: _value(exact(_fleiss())),
    ),
    Answer(
        "Wilson's interval of 81 of 263", N98, ["0.2553", "0.3662"], lambda: wilson(81 / 263, 263)
    ),
    Answer("Wilson's interval of 0 of 20", N98, ["0.0000", "0.1611"], lambda: wilson(0, 20)),
    Answer("Cohen's kappa", C, ".492", lambda: _of_table(1 - np.eye(3))),
    Answer("weighted kappa", C, ".348", lambda: _of_table(scores.COHEN_WEIGHTS)),
    Answer("weighted kappa, lopsided weights", C, ".353", lambda: _of_table(scores.COHEN_LOPSIDED)),
    Answer(
        "quadratic-weighted kappa", IRR, "0.2520325", lambda: _value(weighted_kappa(_anxiety()))
    ),
    Answer("Cohen's kappa", IRR, "-0.006289308", lambda: _value(cohens_kappa(_anxiety()))),
    Answer("Fleiss' kappa", F, ".430", lambda: _value(fleiss_kappa(_fleiss()))),
    Answer(
        "Fleiss' kappa of each diagnosis",
        FJ,
        DIAGNOSES,
        lambda: [_kappa_of_diagnosis(number) for number in range(1, 6)],
    ),
    *_six(SF, scores.SHROUT_FLEISS, "value", SF_VALUES),
    *_six(SF_LIMITS, scores.SHROUT_FLEISS, "low", SF_LOW),
    *_six(MW, scores.MCGRAW_WONG, "value", MW_VALUES),
    *_six(MW, scores.MCGRAW_WONG, "low", MW_LOW),
    *_six(MW, scores.MCGRAW_WONG, "high", MW_HIGH),
    Answer(
        "quantile .95 of F(5, 10)", NIST + "1.3.6.7.3", "3.326", lambda: f_quantile(0.95, 5, 10)
    ),
    Answer(
        "quantile .99 of F(10, 20)", NIST + "1.3.6.7.3", "3.368", lambda: f_quantile(0.99, 10, 20)
    ),
    Answer("quantile .975 of t(16)", NIST + "1.3.6.7.2", "2.120", lambda: t_quantile(0.975, 16)),
    Answer(
        "alpha, two values", K + "A", "0.095", lambda: _alpha(scores.KRIPPENDORFF_A, Level.NOMINAL)
    ),
    Answer(
        "alpha, nominal", K + "B", "0.692", lambda: _alpha(scores.KRIPPENDORFF_B, Level.NOMINAL)
    ),
    Answer(
        "alpha, nominal, with gaps",
        K + "C",
        "0.743",
        lambda: _alpha(scores.KRIPPENDORFF_C, Level.NOMINAL),
    ),
    Answer(
        "alpha, ordinal, with gaps",
        K + "C",
        "0.815",
        lambda: _alpha(scores.KRIPPENDORFF_C, Level.ORDINAL),
    ),
    Answer(
        "alpha, interval, with gaps",
        K + "C",
        "0.849",
        lambda: _alpha(scores.KRIPPENDORFF_C, Level.INTERVAL),
    ),
    Answer("signed difference, mean", BA, "-2.1", lambda: _bias("value")),
    Answer(
        "signed difference, 95% interval",
        BA,
        ["-22.0", "17.8"],
        lambda: [_bias("low"), _bias("high")],
        within=0.06,
    ),
]
