"""宣传：every item and 一件事 as poster, board sheet, broadcast, article and video, and whom they bring."""
