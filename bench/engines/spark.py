# SPDX-License-Identifier: Apache-2.0
"""Runs questions on Parquet tables in Spark; a program of its own, for an environment that has Spark and nothing else.

python bench/engines/spark.py TABLES QUESTIONS ANSWERS, three folders: Parquet files, SQL files, and where answers go.
"""

import sys
import time
from pathlib import Path

from pyspark.sql import SparkSession


def main(tables: Path, questions: Path, answers: Path) -> None:
    session = (
        SparkSession.builder.master("local[2]").appName("bamsat")
        .config("spark.ui.enabled", "false").config("spark.driver.memory", "2g")
        .config("spark.sql.shuffle.partitions", "8").config("spark.driver.bindAddress", "127.0.0.1")
        .config("spark.driver.host", "127.0.0.1").getOrCreate()
    )  # fmt: skip
    try:
        for file in sorted(tables.glob("*.parquet")):
            session.read.parquet(str(file)).createOrReplaceTempView(file.stem)
        for question in sorted(questions.glob("*.sql")):
            begun = time.perf_counter()
            session.sql(question.read_text(encoding="utf-8")).write.mode("overwrite").parquet(
                str(answers / question.stem)
            )
            print(question.stem, round(time.perf_counter() - begun, 2), flush=True)
    finally:
        session.stop()


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:4]))
