"""knowhow"""
