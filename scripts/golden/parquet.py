"""Golden values for src/rows: Parquet files as pyarrow writes them, in each compression, page form and encoding.

pip install pyarrow==26.0.1; python scripts/golden/parquet.py
Writes test/golden/parquet/files.json: the rows, and each file in base64.
"""

import base64
import io
import json
import pathlib

import pyarrow
from pyarrow import parquet

ROWS = [
    {
        "text": f"text {index}, \u201cquoted\u201d \u2013 \u65e5\u672c \U0001f600\n" + "ab" * (index % 4),
        "label": ["pos", "neg", None][index % 3],
        "number": index * 2**20,
        "score": None if index % 4 == 0 else index / 7,
        "same": "x",
        "nothing": None,
        "right": index % 5 == 0,
        "tags": None if index == 3 else ["a", None, "c"][: index % 4],
        "nested": {"part": index, "list": [{"name": str(index)}]},
    }
    for index in range(24)
]
SCHEMA = pyarrow.schema([
    pyarrow.field("text", pyarrow.string(), nullable=False),
    ("label", pyarrow.string()),
    ("number", pyarrow.int64()),
    ("score", pyarrow.float64()),
    ("same", pyarrow.string()),
    ("nothing", pyarrow.string()),
    ("right", pyarrow.bool_()),
    ("tags", pyarrow.list_(pyarrow.string())),
    ("nested", pyarrow.struct([
        ("part", pyarrow.int32()),
        ("list", pyarrow.list_(pyarrow.struct([("name", pyarrow.string())]))),
    ])),
])
DELTA = {
    "text": "DELTA_LENGTH_BYTE_ARRAY",
    "label": "DELTA_BYTE_ARRAY",
    "number": "DELTA_BINARY_PACKED",
    "score": "BYTE_STREAM_SPLIT",
}


def written(**options):
    buffer = io.BytesIO()
    parquet.write_table(pyarrow.Table.from_pylist(ROWS, SCHEMA), buffer, store_schema=False, **options)
    return base64.b64encode(buffer.getvalue()).decode()


files = {
    f"{compression}, pages {version}": written(
        compression=compression, data_page_version=version, row_group_size=20, write_page_checksum=version == "2.0",
    )
    for compression in ["none", "snappy", "gzip", "zstd", "lz4", "brotli"]
    for version in ["1.0", "2.0"]
}
for version in ["1.0", "2.0"]:
    files[f"delta encodings, pages {version}"] = written(
        use_dictionary=False, column_encoding=DELTA, data_page_version=version, compression="none",
    )

path = pathlib.Path(__file__).parents[2] / "test" / "golden" / "parquet" / "files.json"
path.parent.mkdir(exist_ok=True)
content = {"pyarrow": pyarrow.__version__, "rows": ROWS, "files": files}
path.write_text(json.dumps(content, indent=1) + "\n")
