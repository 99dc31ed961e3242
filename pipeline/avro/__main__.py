"""`python -m pipeline.avro`: check the schemas; `--publish`: add new versions to the lock."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

import schemas
from pipeline.avro._errors import SchemaError
from pipeline.avro._evolution import check_schemas, publish_schemas


def main(arguments: Sequence[str] | None = None) -> int:
    """Return 0 when all is sound, 1 when there are problems, which go to standard error."""
    parser = argparse.ArgumentParser(prog="python -m pipeline.avro", description=__doc__)
    parser.add_argument("--publish", action="store_true", help="add new versions to the lock")
    parser.add_argument(
        "--folder", type=Path, default=Path(schemas.__file__).parent, help="where the schemas are"
    )
    options = parser.parse_args(arguments)
    if options.publish:
        try:
            added = publish_schemas(options.folder)
        except SchemaError as error:
            sys.stderr.write(f"{error}\n")
            return 1
        sys.stdout.writelines(f"published {label}\n" for label in added)
    problems = check_schemas(options.folder)
    sys.stderr.writelines(f"{problem}\n" for problem in problems)
    if not problems:
        sys.stdout.write("Every schema is published, and reads all that its versions wrote.\n")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
