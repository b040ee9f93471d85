"""Incidents that come with the product; `tearline damage NAME` takes one by its name."""
