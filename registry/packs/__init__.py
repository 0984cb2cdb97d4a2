"""Packs (方案): registers, rules, rounds and facts as YAML and CSV, and what loads, compares and writes them."""
