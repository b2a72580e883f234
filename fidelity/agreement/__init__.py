"""How far raters agree: pure, of scores alone. Which statistic for what: domain.md, "Reliability".

numpy is read when this package is: whoever shows agreement imports it, nobody else.
"""

from fidelity.agreement.alpha import Level, krippendorff_alpha
from fidelity.agreement.figure import Figure, Reason
from fidelity.agreement.icc import Band, Icc, band, icc
from fidelity.agreement.kappa import cohens_kappa, fleiss_kappa, weighted_kappa
from fidelity.agreement.pairs import exact, mean_difference, signed_differences, within
from fidelity.agreement.ratings import Ratings

__all__ = [
    "Band",
    "Figure",
    "Icc",
    "Level",
    "Ratings",
    "Reason",
    "band",
    "cohens_kappa",
    "exact",
    "fleiss_kappa",
    "icc",
    "krippendorff_alpha",
    "mean_difference",
    "signed_differences",
    "weighted_kappa",
    "within",
]
