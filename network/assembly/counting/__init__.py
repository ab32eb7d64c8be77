"""How votes for people are counted: one file for each method, pure functions over plain values, each result
reproducible.
"""
