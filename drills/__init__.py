"""Fault drills, run by `./yichuang drill NAME`; their figures are in drills/results/."""
