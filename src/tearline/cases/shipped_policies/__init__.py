"""Policies that come with the product; a case names one by ``policy: NAME``."""
