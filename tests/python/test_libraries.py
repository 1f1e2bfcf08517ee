"""Libraries of others drive the program and read what it writes: SALib, Dask, pandas, Polars and, where it is installed, R."""

import shutil
import subprocess
import tempfile
import unittest
from pathlib import Path

import compassion
import dask
import dask.dataframe
import numpy
import pandas
import polars
from SALib.analyze import sobol
from SALib.sample import sobol as sample
from scipy.interpolate import RegularGridInterpolator

SCENE = """
title = "A small scene"
[run]
seed = 7
agents = 400
[situation]
cost = 0.3
[[condition]]
name = "stranger"
[[condition]]
name = "friend"
situation = { closeness = 0.8 }
"""

NEED, ESCAPE = (0.2, 0.9), (0.0, 1.0)


class Libraries(unittest.TestCase):
    def setUp(self):
        self.folder = tempfile.TemporaryDirectory()
        self.place = Path(self.folder.name)
        self.file = self.place / "scene.toml"
        self.file.write_text(SCENE, encoding="utf-8")

    def tearDown(self):
        self.folder.cleanup()

    def test_salib_finds_the_same_sobol_indices(self):
        """SALib's estimators on the surface that a sweep gives, against those of `simulate sensitivity`, within .02."""
        steps = 36
        axes = [numpy.linspace(*span, steps) for span in (NEED, ESCAPE)]
        listed = [[f"{value:.9f}" for value in axis] for axis in axes]
        vary = {"situation.need": listed[0], "situation.escape": listed[1]}
        table = compassion.sweep(self.file, vary, measures=["helped"], charts="none", frames="pandas").table
        difference = table[table["compared_with"] == "stranger"].sort_values("point")
        surface = RegularGridInterpolator(axes, difference["value"].to_numpy().reshape(steps, steps))
        problem = {"num_vars": 2, "names": ["situation.need", "situation.escape"], "bounds": [NEED, ESCAPE]}
        points = sample.sample(problem, 8192, calc_second_order=False, seed=1)
        theirs = sobol.analyze(problem, surface(points), calc_second_order=False, seed=1)
        over = [f"situation.need={NEED[0]}..{NEED[1]}", f"situation.escape={ESCAPE[0]}..{ESCAPE[1]}"]
        ours = compassion.sensitivity(
            self.file, over, of=["friend", "stranger"], arguments=["--ways", "2", "--rows", "2048"], frames="pandas"
        ).table.set_index("input")
        for number, name in enumerate(problem["names"]):
            self.assertAlmostEqual(ours.loc[name, "first_order"], theirs["S1"][number], delta=0.02, msg=name)
            self.assertAlmostEqual(ours.loc[name, "total"], theirs["ST"][number], delta=0.02, msg=name)

    def test_dask_maps_shards_and_reads_them_as_one_table(self):
        vary = {"situation.escape": "0:1:0.125", "seed": "1..2"}
        whole = compassion.sweep(self.file, vary, agents=60, charts="none", frames="pandas").table

        @dask.delayed
        def shard(number):
            more = ["--shard", f"{number}/3"]
            compassion.sweep(self.file, vary, agents=60, charts="none", out=self.place, arguments=more)

        dask.compute(*[shard(number) for number in (3, 1, 2)])
        parts = dask.dataframe.read_csv(self.place / "sweep" / "*of3" / "sweep.csv", dtype=whole.dtypes.to_dict())
        joined = parts.compute().sort_values("point", kind="stable").reset_index(drop=True)
        # Dask has a text type of its own.
        pandas.testing.assert_frame_equal(joined.astype(whole.dtypes.to_dict()), whole)

    def test_parquet_has_the_cells_of_the_tables(self):
        run = compassion.run(self.file, agents=50, arguments=["--format", "parquet", "--charts", "none"])
        vary = {"situation.escape": [0, 1], "situation.perspective": ["natural", "objective"]}
        sweep = compassion.sweep(self.file, vary, agents=50, charts="none", arguments=["--format", "parquet"])
        read = []
        for results in (run, sweep):
            for parquet in sorted(results.folder.glob("*.parquet")):
                table = pandas.read_csv(parquet.with_suffix(".csv"), dtype=str, keep_default_na=False)
                same, other = pandas.read_parquet(parquet), polars.read_parquet(parquet)
                self.assertEqual(list(table.columns), list(same.columns))
                self.assertEqual((len(table), list(table.columns)), (other.height, other.columns))
                for column in table:
                    cells = table[column]
                    if same[column].dtype == float:
                        cells = pandas.to_numeric(cells.mask(cells == "")).astype(float)
                        pandas.testing.assert_series_equal(cells, same[column])
                    else:
                        self.assertEqual(list(cells), list(same[column].fillna("")), column)
                read.append(parquet.stem)
        self.assertTrue({"people", "sweep", "summary", "comparison", "timecourse"} <= set(read), read)

    def test_r_reads_every_table(self):
        """Every CSV of a run, as the codebooks say; R is asked where it is installed, pandas always."""
        results = compassion.run(self.file, agents=50, frames="pandas")
        tables = sorted(results.folder.glob("*.csv"))
        self.assertGreater(len(tables), 5)
        for table in tables:
            self.assertGreater(len(results.frame(table.name).columns), 1, table.name)
        if shutil.which("Rscript"):
            names = ", ".join(f'"{table}"' for table in tables)
            lines = f"for (name in c({names})) stopifnot(ncol(read.csv(name, check.names = FALSE)) > 1)"
            subprocess.run(["Rscript", "-e", lines], check=True)


if __name__ == "__main__":
    unittest.main()
