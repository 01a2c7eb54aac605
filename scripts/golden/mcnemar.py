"""Golden values for src/metrics/mcnemar-test.ts: statsmodels' McNemar test and SciPy's chi-squared distribution.

pip install statsmodels; python scripts/golden/mcnemar.py
Writes test/golden/metrics/mcnemar.json.
"""

import json
import pathlib

import scipy
import statsmodels
from scipy.stats import binomtest, chi2
from statsmodels.stats.contingency_tables import mcnemar

FEWEST = 25  # discordant reviews for the chi-squared test
PAIRS = [(0, 0), (1, 0), (0, 1), (0, 5), (3, 9), (12, 12), (24, 0), (11, 13), (25, 0), (12, 13), (13, 12), (10, 15),
         (13, 13), (59, 6), (150, 86), (1234, 1100), (1668, 1555), (4375, 2817), (9000, 100), (12500, 12500)]


def test(first, second):
    """The two counts as the off-diagonal of a table whose diagonal has no say."""
    table = [[40, first], [second, 7]]
    if first + second < FEWEST:
        result = mcnemar(table, exact=True)
        # The same from the binomial distribution itself; statsmodels has nothing to say where both are 0.
        p = binomtest(first, first + second).pvalue if first + second else 1.0
        assert first + second == 0 or abs(result.pvalue - p) < 1e-12
        return {"method": "exact", "statistic": None, "pValue": p}
    if first == second:  # R's mcnemar.test: no correction beyond 0; statsmodels would square -1
        return {"method": "chiSquared", "statistic": 0.0, "pValue": 1.0}
    result = mcnemar(table, exact=False, correction=True)
    return {"method": "chiSquared", "statistic": float(result.statistic), "pValue": float(result.pvalue)}


def main():
    tests = [{"onlyFirst": first, "onlySecond": second, **test(first, second)} for first, second in PAIRS]
    values = [0.0, 1e-12, 1e-3, 0.1, 0.5, 1.0, 2.0, 2.9, 3.0, 3.1, 3.841458820694124, 6.63, 10.0, 50.0, 337.0757786429366, 1200.0]
    tails = [{"value": value, "tail": float(chi2.sf(value, 1))} for value in values]
    made = f"statsmodels {statsmodels.__version__}, SciPy {scipy.__version__}"
    path = pathlib.Path(__file__).parents[2] / "test/golden/metrics/mcnemar.json"
    path.write_text(json.dumps({"made": made, "tests": tests, "tails": tails}) + "\n")


main()
