"""The demo town of a new home. `up` runs this once, as the application's role."""

import os

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "yichuang.config.settings")


def load_demo_town() -> None:
    """Load it whole, or complete what an interrupted load left; writes HOME/demo-accounts.json last."""


if __name__ == "__main__":
    import django

    django.setup()
    load_demo_town()
