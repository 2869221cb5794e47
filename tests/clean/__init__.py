"""Tests of the clean step."""
