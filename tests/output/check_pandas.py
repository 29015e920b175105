#!/usr/bin/env python3
"""check_pandas.py FILE: series by day and tables of figures become data frames."""
import sys

import expected

pd = expected.module("pandas")
xr = expected.module("xarray")
ds = xr.open_dataset(sys.argv[1])
table = ds.displaced.to_dataframe().reset_index()
assert len(table) == expected.MEMBERS * expected.TIMES * expected.PLACES
row = table[(table.member == 2) & (table.time == pd.Timestamp("2019-05-02")) & (table.place == "place_1")]
assert list(row.displaced) == [expected.displaced(2, 3, 1)]
assert ds.place_name.to_series()["place_1"] == "Place 1"

weekly = ds.total_movements.isel(member=0).to_series().resample("W").last()
assert isinstance(weekly.index, pd.DatetimeIndex)
figures = xr.open_dataset(sys.argv[1], group="reported").to_dataframe()
assert list(figures.columns[:4]) == ["name", "quantity", "place_or_area", "first_day"]
assert figures.simulated_median.dtype == float and figures.loc[1, "name"] == "kept back"
