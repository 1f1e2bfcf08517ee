"""The module against the program: `python -m unittest discover tests/python`, with pandas and Polars installed."""

import tempfile
import unittest
from pathlib import Path

import compassion

SCENE = """
title = "A small scene"
[run]
seed = 7
agents = 200
[[condition]]
name = "stranger"
[[condition]]
name = "friend"
situation = { closeness = 0.8 }
"""


class Module(unittest.TestCase):
    def setUp(self):
        self.folder = tempfile.TemporaryDirectory()
        self.file = Path(self.folder.name) / "scene.toml"
        self.file.write_text(SCENE, encoding="utf-8")

    def tearDown(self):
        self.folder.cleanup()

    def test_a_run_has_tables_and_charts(self):
        results = compassion.run(self.file, agents=150, sets={"situation.escape": 0.2}, frames="pandas")
        self.assertEqual(list(results.conditions["name"]), ["stranger", "friend"])
        self.assertEqual(len(results.people), 300)
        self.assertTrue(results.plot("helping_rate")._repr_png_().startswith(b"\x89PNG"))
        with self.assertRaisesRegex(FileNotFoundError, "there are"):
            results.plot("nonsense")

    def test_pandas_and_polars_read_the_same(self):
        out = Path(self.folder.name) / "out"
        one = compassion.sweep(self.file, {"situation.escape": [0, 0.5, 1], "seed": "1..2"}, agents=60, charts="none", out=out)
        other = compassion.Results(one.folder, "", "polars")
        pandas, polars = compassion.Results(one.folder, "", "pandas").table, other.table
        self.assertEqual(list(pandas.columns), polars.columns)
        self.assertEqual(len(pandas), len(polars))
        self.assertEqual(sorted(set(pandas["situation.escape"])), [0.0, 0.5, 1.0])
        self.assertEqual(list(pandas["value"]), polars["value"].to_list())

    def test_an_error_is_the_programs_own(self):
        with self.assertRaisesRegex(compassion.SimulationError, "did you mean `escape`"):
            compassion.sweep(self.file, {"situation.escpe": [0, 1]})

    def test_a_sensitivity_analysis_has_a_row_for_each_input(self):
        found = compassion.sensitivity(
            self.file,
            ["situation.need=0.2..0.9", "situation.mood=-0.5..0.5"],
            agents=40,
            arguments=["--ways", "2", "--rows", "4"],
            frames="polars",
        )
        self.assertEqual(sorted(found.table["input"].to_list()), ["situation.mood", "situation.need"])


if __name__ == "__main__":
    unittest.main()
