"""Figures of results. They need matplotlib and xarray, and nothing of the compiled library."""
