"""Appraisal: cash flow, net present value, all internal rates, payback; climate, energy and water saved, as ranges."""
