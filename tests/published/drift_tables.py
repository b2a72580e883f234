"""Series whose charts are published, as they were printed.

NIST/SEMATECH e-Handbook of Statistical Methods, doi 10.18434/M32189, chapter 6.
"""

# 6.3.2.2, individuals: ten batches.
BATCHES = [49.6, 47.6, 49.9, 51.3, 47.8, 51.2, 52.6, 52.4, 53.6, 52.1]

# The same as a rater's signed differences, had the master given 50 each time.
BATCHES_LESS_50 = ["-0.4", "-2.4", "-0.1", "1.3", "-2.2", "1.2", "2.6", "2.4", "3.6", "2.1"]

# 6.3.2.4, EWMA: twenty values, weight 0.3, target 50, s 2.0539; and the averages.
EWMA_VALUES = [52.0, 47.0, 53.0, 49.3, 50.1, 47.0, 51.0, 50.1, 51.2, 50.5, *BATCHES]
EWMA_AVERAGES = [
    *("50.60", "49.52", "50.56", "50.18", "50.16", "49.21", "49.75", "49.85", "50.26", "50.33"),
    *("50.11", "49.36", "49.52", "50.05", "49.38", "49.92", "50.73", "51.23", "51.94", "51.99"),
]

# 6.3.2.3, CUSUM: twenty means of four, target 325, k 0.3175, h 4.1959; and both sums.
CUSUM_VALUES = [
    *(324.925, 324.675, 324.725, 324.350, 325.350, 325.225, 324.125, 324.525, 325.225, 324.600),
    *(324.625, 325.150, 328.325, 327.250, 327.825, 328.500, 326.675, 327.775, 326.875, 328.350),
]
CUSUM_HIGH = [
    *("0.00", "0.00", "0.00", "0.00", "0.03", "0.00", "0.00", "0.00", "0.00", "0.00"),
    *("0.00", "0.00", "3.01", "4.94", "7.45", "10.63", "11.99", "14.44", "16.00", "19.04"),
]
CUSUM_LOW = [
    *("0.00", "0.01", "0.00", "0.33", "0.00", "0.00", "0.56", "0.72", "0.17", "0.25"),
    *("0.31", "0.00", "0.00", "0.00", "0.00", "0.00", "0.00", "0.00", "0.00", "0.00"),
]

# 6.3.3.2, proportions: wafers of fifty chips, and how many of them were misregistered.
WAFERS = [
    (chips, 50)
    for chips in (
        *(12, 15, 8, 10, 4, 7, 16, 9, 14, 10, 5, 6, 17, 12, 22),
        *(8, 10, 5, 13, 11, 20, 18, 24, 15, 9, 12, 7, 13, 9, 6),
    )
]

# Montgomery, Introduction to Statistical Quality Control, 6th edition, table 7.4: purchase orders
# with errors, of a number that differs from week to week; 234 of 2,450.
ORDERS = [
    *((12, 100), (8, 80), (6, 80), (9, 100), (10, 110), (12, 110), (11, 100), (16, 100)),
    *((10, 90), (6, 90), (20, 110), (15, 120), (9, 120), (8, 120), (6, 110), (8, 80)),
    *((10, 80), (7, 80), (5, 90), (8, 100), (5, 100), (8, 100), (10, 100), (6, 90), (9, 90)),
]

# Anhøj's limits from 10 to 100 useful points: the longest run allowed and the fewest crossings;
# appendix 2 of the vignette of his package qicharts2. Each number, and up to which n it holds.
LONGEST_RUNS = {6: 11, 7: 22, 8: 45, 9: 90, 10: 100}
FEWEST_CROSSINGS = {
    **{2: 11, 3: 13, 4: 16, 5: 18, 6: 21, 7: 23, 8: 26, 9: 28, 10: 30, 11: 33, 12: 35, 13: 37},
    **{14: 40, 15: 42, 16: 44, 17: 47, 18: 49, 19: 51, 20: 53, 21: 56, 22: 58, 23: 60, 24: 62},
    **{25: 65, 26: 67, 27: 69, 28: 71, 29: 74, 30: 76, 31: 78, 32: 80, 33: 82, 34: 85, 35: 87},
    **{36: 89, 37: 91, 38: 93, 39: 96, 40: 98, 41: 100},
}


def spelled_out(limits: dict[int, int]) -> list[str]:
    """A limit for each n from 10 on."""
    found: list[str] = []
    for limit, until in limits.items():
        found += [str(limit)] * (until - 9 - len(found))
    return found
