"""What stops a command: one sentence in Chinese for the hall, one in English for whoever maintains it."""


class Trouble(Exception):
    """A start or a check that cannot go on; both sentences say what to do next."""

    def __init__(self, chinese: str, english: str) -> None:
        super().__init__(f"{chinese}\n{english}")
        self.chinese = chinese
        self.english = english
