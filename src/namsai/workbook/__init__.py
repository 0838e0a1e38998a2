"""Excel in and out: the form per sector (made from the models of the case), the filled form read back, the results."""
