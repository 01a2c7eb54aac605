"""Golden bytes for src/tensorboard/: events as TensorBoard's own Protocol Buffers and record writer make them.

pip install tensorboard; python scripts/golden/tensorboard_events.py
Writes test/golden/tensorboard-events.json.
"""

import io
import json
import pathlib

import tensorboard
from tensorboard.compat.proto.event_pb2 import Event, SessionLog
from tensorboard.compat.proto.summary_pb2 import Summary
from tensorboard.summary.writer.record_writer import RecordWriter

SCALARS = [
    {"train/loss": 0.5},
    {"train/loss": 0.693147, "train/accuracy": 0.765, "learning_rate": 1e-3, "examples_per_second": 77017.25},
    {"validation/größe": -1e30},
]
TIMES = [(1.5, 1), (1767225600.125, 20), (1767225601.0, 3_000_000_000)]


def record(event):
    """The bytes of an event in the file, as hexadecimal digits. Protobuf writes fields in the order of their numbers."""
    buffer = io.BytesIO()
    RecordWriter(buffer).write(event.SerializeToString(deterministic=True))
    return buffer.getvalue().hex()


def main():
    scalars = [
        {
            "scalars": values,
            "wallTime": time,
            "step": step,
            "record": record(
                Event(
                    wall_time=time,
                    step=step,
                    summary=Summary(value=[Summary.Value(tag=tag, simple_value=v) for tag, v in values.items()]),
                )
            ),
        }
        for values, (time, step) in zip(SCALARS, TIMES)
    ]
    content = {
        "made": f"tensorboard {tensorboard.__version__}",
        "version": {"wallTime": 1.25, "record": record(Event(wall_time=1.25, file_version="brain.Event:2"))},
        "restart": {
            "wallTime": 2.5,
            "step": 300,
            "record": record(
                Event(wall_time=2.5, step=300, session_log=SessionLog(status=SessionLog.START))
            ),
        },
        "scalars": scalars,
    }
    path = pathlib.Path(__file__).parents[2] / "test/golden/tensorboard-events.json"
    path.write_text(json.dumps(content, indent=2, ensure_ascii=False) + "\n")


main()
