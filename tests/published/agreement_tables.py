"""Tables of scores whose agreement is published, as they were printed."""

import numpy as np

# Shrout and Fleiss, Psychological Bulletin 1979, 86:420-428, table 2: six targets by four judges.
SHROUT_FLEISS = [
    [9, 2, 5, 8],
    [6, 1, 3, 2],
    [8, 4, 6, 8],
    [7, 1, 2, 6],
    [10, 5, 6, 9],
    [6, 2, 4, 7],
]

# McGraw and Wong, Psychological Methods 1996, 1:30-46, table 6: weights of ten pairs of twins.
MCGRAW_WONG = [
    *([103, 119], [82, 65], [116, 106], [102, 102], [99, 105]),
    *([98, 100], [104, 107], [62, 85], [97, 101], [107, 110]),
]

# Fleiss, Psychological Bulletin 1971, 76:378-382, table 1: thirty patients, six diagnoses each, of
# depression (1), personality disorder (2), schizophrenia (3), neurosis (4) and other (5).
FLEISS = [
    [int(diagnosis) for diagnosis in patient]
    for patient in (
        *("444444", "222555", "233335", "555555", "222444", "113333"),
        *("333355", "113334", "114444", "555555", "144444", "124444"),
        *("222333", "144444", "224445", "333335", "111455", "111112"),
        *("224444", "133555", "555555", "244444", "224555", "114444"),
        *("144445", "222224", "111155", "224444", "133333", "555555"),
    )
]

# Cohen, Psychological Bulletin 1968, 70:213-220: shares of 200 patients by two judges, and how
# much each disagreement weighs: the same either way, and not.
COHEN = np.array([[0.44, 0.07, 0.09], [0.05, 0.20, 0.05], [0.01, 0.03, 0.06]])
COHEN_WEIGHTS = np.array([[0.0, 1, 3], [1, 0, 6], [3, 6, 0]])
COHEN_LOPSIDED = np.array([[0.0, 1, 4], [1, 0, 6], [2, 2, 0]])

# The anxiety of twenty people, by the second and third of three raters; from R's `irr`, whose
# kappa2(anxiety[,2:3], "squared") and kappa2(anxiety[,2:3]) are the answers. Nobody was given a 5,
# and irr weighs by the places of the values that occur: what is 5 here was printed as 6.
ANXIETY = [
    [int(score) for score in pair]
    for pair in (
        *("32", "51", "44", "54", "23", "42", "21", "45", "31", "31"),
        *("21", "32", "33", "33", "21", "21", "13", "33", "32", "42"),
    )
]

# Krippendorff, "Computing Krippendorff's Alpha-Reliability", 2011, sections A, B and C: two
# observers and two values, two observers and five, four observers with gaps. Rows are observers.
KRIPPENDORFF_A = ["0100000010", "1110010000"]
KRIPPENDORFF_B = ["aabbdcccedda", "babbbccceddd"]
KRIPPENDORFF_C = ["123321412...", "1233224125.3", ".3332342251.", "12332441251."]

# Bland and Altman, Lancet 1986, i:307-310, table: first readings of a large and a mini peak flow
# meter from 17 people, litres a minute.
LARGE = [494, 395, 516, 434, 476, 557, 413, 442, 650, 433, 417, 656, 267, 478, 178, 423, 427]
MINI = [512, 430, 520, 428, 500, 600, 364, 380, 658, 445, 432, 626, 260, 477, 259, 350, 451]


def by_unit(observers: list[str]) -> list[list[str | float | None]]:
    """Rows of units from strings of observers, a character a score, a dot a gap."""
    return [
        [None if mark == "." else float(mark) if mark.isdigit() else mark for mark in unit]
        for unit in zip(*observers, strict=True)
    ]
