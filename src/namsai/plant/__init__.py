"""One factory as data: what was observed, with unit, period, source and uncertainty; nothing computed."""
