"""The residents' pages: home, guides, search, bundles, and where a case stands. Phone first, readable without scripts."""
