"""Agreement of people who judged the same things: two coders, or several with gaps."""

from __future__ import annotations

from iahcalc.agreement._kappa import Kappa, KappaWeights, cohen_kappa
from iahcalc.agreement._krippendorff import Alpha, Measure, krippendorff_alpha

__all__ = ["Alpha", "Kappa", "KappaWeights", "Measure", "cohen_kappa", "krippendorff_alpha"]
