"""Test set-up for the whole tree (tests/ and every tests/ folder in src): environment first, then the fixtures.

The fixtures are in tests/harness: database.py (`db`, `committed`), system.py (`system`), browser.py (`page`).
"""

from tests.harness import environment

environment.prepare()

pytest_plugins = ["tests.harness.database", "tests.harness.system", "tests.harness.browser", "tests.cast"]
