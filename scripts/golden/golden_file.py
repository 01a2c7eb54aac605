"""Writes the golden JSON files: one tensor a line, numbers in the shortest form that names one float32."""

import json
import os
from pathlib import Path

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
os.environ.setdefault("CUDA_VISIBLE_DEVICES", "")

import numpy as np  # noqa: E402

FOLDER = Path(__file__).resolve().parents[2] / "test" / "golden"


def short_values(random, shape, scale=1.0):
    """Random numbers of three decimals that a float32 holds, in float64: what the JSON says is what Keras computed with."""
    return np.round(random.normal(size=shape) * scale, 3).astype(np.float32).astype(np.float64)


def tensor(values):
    """`{"shape": [...], "values": [...]}`, values flat in row-major order."""
    array = np.asarray(values)
    kind = "int32" if array.dtype.kind in "iub" else "float32"
    return {"shape": list(array.shape), "dtype": kind, "values": _Numbers(array.reshape(-1))}


def write_golden(name, content):
    """Writes `test/golden/<name>.json`, with the versions that made it."""
    import keras
    import tensorflow as tf

    made = {"keras": keras.__version__, "tensorflow": tf.__version__, "floatx": keras.config.floatx()}
    path = FOLDER / f"{name}.json"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(_text({"made": made, **content}) + "\n")
    print(f"{path.relative_to(FOLDER.parents[1])}: {path.stat().st_size // 1024} KB")


class _Numbers(list):
    """Numbers that are written on one line."""


def _number(value):
    if isinstance(value, (np.integer, np.bool_)):
        return str(int(value))
    if not np.isfinite(value):
        raise ValueError(f"a golden value is {value}")
    text = str(np.float32(value))
    return text[:-2] if text.endswith(".0") else text


def _text(value, indent=""):
    deeper = indent + " "
    if isinstance(value, _Numbers):
        return "[" + ",".join(_number(number) for number in value) + "]"
    if isinstance(value, dict):
        if "values" in value and "shape" in value:
            shape = json.dumps(value["shape"])
            return f'{{"shape": {shape}, "dtype": "{value["dtype"]}", "values": {_text(value["values"])}}}'
        rows = [f"{deeper}{json.dumps(key)}: {_text(item, deeper)}" for key, item in value.items()]
        return "{\n" + ",\n".join(rows) + f"\n{indent}}}"
    if isinstance(value, list) and any(isinstance(item, dict) for item in value):
        return "[\n" + ",\n".join(deeper + _text(item, deeper) for item in value) + f"\n{indent}]"
    return json.dumps(value)
