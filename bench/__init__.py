"""Speed measurements, run by `./yichuang bench NAME`; their figures are in bench/results/, docs/speed.md explains them."""
