"""What recurrent.py computes: layers, sizes, and the cases of each."""

import numpy as np

SIZES = {  # units: batch, time and input size
    5: (5, 7, 6),
    8: (4, 6, 8),
    13: (9, 5, 3),
}
LENGTHS = {5: [7, 1, 0, 4, 6], 8: [6, 1, 0, 3], 13: [5, 3, 1, 0, 4, 2, 5, 3, 1]}
LAYERS = {
    "gru-reset-after": ("GRU", {"reset_after": True}),
    "gru-reset-before": ("GRU", {"reset_after": False}),
    "lstm": ("LSTM", {}),
    "simple-rnn-tanh": ("SimpleRNN", {"activation": "tanh"}),
    "simple-rnn-relu": ("SimpleRNN", {"activation": "relu"}),
}


def case(mask, **options):
    return {"mask": mask, "sequences": False, "initial": False, "backwards": False, "state_loss": False, **options}


FEW_CASES = [
    case("right", sequences=True, initial=True, state_loss=True),
    case("right"),
    case("holes", sequences=True),
]
ALL_CASES = [
    case("none", sequences=True),
    case("none", initial=True),
    case("none", sequences=True, backwards=True),
    case("right", sequences=True),
    case("right", initial=True),
    case("right", sequences=True, initial=True),
    *FEW_CASES,
    case("right", sequences=True, initial=True, backwards=True, state_loss=True),
    case("right", backwards=True),
    case("holes", initial=True, state_loss=True),
]
BIDIRECTIONAL_CASES = [
    case("none", sequences=True),
    case("right", sequences=True),
    case("right", initial=True, state_loss=True),
    case("holes", sequences=True),
    case("right", sequences=True, merge="sum"),
    case("right", sequences=True, merge="ave"),
    case("right", sequences=True, merge="mul"),
]


def make_mask(kind, lengths, time):
    """[batch, time] of 0 and 1; `holes` has masked steps at the start, in the middle and at the end of rows."""
    mask = (np.arange(time)[None, :] < np.array(lengths)[:, None]).astype(np.int32)
    if kind == "holes":
        patterns = [[1] * time, [0, 0] + [1] * (time - 2), [0] * time, [1, 0, 0] + [1] * (time - 3), [0, 1] * time]
        mask = np.array([patterns[row % 5][:time] for row in range(len(lengths))], dtype=np.int32)
    return mask


def case_name(chosen):
    """The title of a case, such as "mask right, sequences, initial state"."""
    parts = [
        chosen.get("merge", ""),
        f"mask {chosen['mask']}",
        "sequences" if chosen["sequences"] else "last output",
        "initial state" if chosen["initial"] else "",
        "backwards" if chosen["backwards"] else "",
        "state in loss" if chosen["state_loss"] else "",
    ]
    return ", ".join(part for part in parts if part)
